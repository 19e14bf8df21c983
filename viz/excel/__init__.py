"""How sheets and tables of ours look in Excel."""
