"""From grids to tables: headers, merged cells, ○ columns and squares of ties."""
