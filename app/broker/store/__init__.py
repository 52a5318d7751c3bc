"""Every statement of the broker."""
