"""Every statement on clients and on connected systems."""

from app.access.store.clients import add, every, find, revoke

__all__ = ["add", "every", "find", "revoke"]
