"""Registering, revoking and recognising clients; `systems` does it for those that sign."""

from app.access.use_cases.clients import (
    hash_of,
    is_in_good_standing,
    recognise,
    register,
    revoke,
)

__all__ = ["hash_of", "is_in_good_standing", "recognise", "register", "revoke"]
