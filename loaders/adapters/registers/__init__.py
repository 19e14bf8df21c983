"""National registers: corporate numbers and the portal of NPOs."""
