"""The wire by which a land system (VBDLIS) calls a one-stop system."""
