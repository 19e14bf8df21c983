"""What the last build read of each list, kept beside the graph, so that an unchanged list is not read again."""
