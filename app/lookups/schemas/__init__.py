"""JSON of look-ups."""
