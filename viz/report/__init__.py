"""The report: what a secretariat prints, filters and hands on."""
