"""The shared national services behind the NGSP gateway, one module each."""
