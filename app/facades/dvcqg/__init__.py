"""The national portal as provincial systems call it: its adapter, and the REST front before it."""
