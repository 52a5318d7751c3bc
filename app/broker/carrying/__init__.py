"""Carrying a call to its service and the answer back, byte for byte, while both arrive."""
