"""The shared national services behind the NGSP gateway: what we ask of them."""
