"""The messages of the shared national services, one module each."""
