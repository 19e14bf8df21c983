"""The workbook of a new workspace."""
