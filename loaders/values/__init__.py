"""From cells to values: names, numbers, dates, addresses, places in documents."""
