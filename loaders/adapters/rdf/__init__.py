"""RDF of others: as it stands, or as lists of bodies and members."""
