"""Notices: what is told, when, by which channel; their refusals."""
