"""What subscribers are owed: made of what happened, signed, sent, settled."""

from app.webhooks.sync.sending import handlers
from app.webhooks.sync.telling import Teller

__all__ = ["Teller", "handlers"]
