"""JSON of the broker."""
