"""Asking a national service: written down before the question leaves, settled by its answer."""
