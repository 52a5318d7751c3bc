"""Acts of the broker."""
