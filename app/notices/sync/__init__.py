"""What owners and followers are owed: made of what happened, written, sent, settled."""

from app.notices.sync.sending import handlers
from app.notices.sync.telling import Teller

__all__ = ["Teller", "handlers"]
