"""Building and reading lists at the terminal, and what a load found: groups, reports, the questions of ``fix``."""
