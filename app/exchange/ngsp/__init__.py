"""The shared national services: a token, one question, one answer; a client per service."""
