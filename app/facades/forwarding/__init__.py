"""The security server's way to services: `…/RestService/forward/…`, to registered places only."""
