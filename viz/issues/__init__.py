"""What a load found, as a workbook with the user's own tables marked."""
