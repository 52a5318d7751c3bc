"""What we owe the services for errands, and what their answers change."""

from app.errands.sync.following import JudicialFollower, PostalFollower
from app.errands.sync.services import Services, handlers, services_of

__all__ = ["JudicialFollower", "PostalFollower", "Services", "handlers", "services_of"]
