"""Reaching the nation: what is owed, how it is sent, what came back."""
