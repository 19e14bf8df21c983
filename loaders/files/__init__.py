"""From bytes to grids: encodings, workbooks and archives."""
