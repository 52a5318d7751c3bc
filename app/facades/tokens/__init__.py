"""Getting a token the way clients of the national gateway do (ngsp.md a.1)."""
