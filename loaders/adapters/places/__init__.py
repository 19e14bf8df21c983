"""Areas: their tables, borders, coordinates and small areas."""
