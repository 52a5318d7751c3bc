"""Acts of the land system's wire: one function each, one transaction each."""
