"""What goes out: maps, reports, exports, servers."""
