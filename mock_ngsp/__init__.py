"""A stand-in for the nation: its document axis (VXP) and its public service portal (DVCQG)."""
