"""The shared national services behind the nation's gateway (NGSP), one module each."""
