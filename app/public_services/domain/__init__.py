"""Rules of public services: their status by dated decisions, counting them, looking, opinions."""

from app.public_services.domain.looking import Looks, NotShownError, TooManyLooksError

__all__ = ["Looks", "NotShownError", "TooManyLooksError"]
