"""Webhooks: what is told, to whom, and when it is given up; their refusals."""
