"""Files of a fixed public format: each module has a function ``read`` that turns one into tables of other kinds."""
