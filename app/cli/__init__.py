"""`lgsp`: every command an administrator or developer needs."""

from app.cli.root import main

__all__ = ["main"]
