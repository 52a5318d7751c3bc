"""What we owe the services for errands, and what their answers change."""

from app.errands.sync.delivering import Services, handlers, services_of
from app.errands.sync.following import JudicialFollower, PostalFollower

__all__ = ["JudicialFollower", "PostalFollower", "Services", "handlers", "services_of"]
