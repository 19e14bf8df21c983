"""What a load found, at the terminal: groups, reports, and the questions of ``fix``."""
