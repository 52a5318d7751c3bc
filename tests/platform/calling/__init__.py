"""Calling over HTTP/1.1, against servers that say byte by byte what a test wants."""
