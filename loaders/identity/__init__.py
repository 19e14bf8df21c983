"""Which organisation a row means: matching, people's decisions, newer lists."""
