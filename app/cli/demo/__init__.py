"""`lgsp demo`: one dossier and one document, all the way to the nation and back."""

from app.cli.demo.command import demo

__all__ = ["demo"]
