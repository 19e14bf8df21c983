"""How things look in every page and workbook: colours, signs, headings, matrices."""
