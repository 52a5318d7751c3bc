"""What the nation's records say, in our words; the clients that a process has."""

from app.lookups.sync.desk import Desk, desk_of

__all__ = ["Desk", "desk_of"]
