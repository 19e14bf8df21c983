"""Answers of people to what could not be read: kept in a file of the workspace, applied to the cells of each list."""
