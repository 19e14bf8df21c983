"""What people look at: the offline map and the Excel report."""
