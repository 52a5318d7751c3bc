"""Routes of the broker."""
