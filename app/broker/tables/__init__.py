"""Tables of the broker."""
