"""JSON of errands."""
