"""The doors that stand open to everybody, and the ones where decisions and answers come in."""

from app.public_services.routes import (  # noqa: F401 -- they add routes
    answering,
    coverage,
    deciding,
    following,
    lists,
    offers,
    opinions,
    own,
    pages,
    tracking,
)
from app.public_services.routes.pages import SMALL_BODIES
from app.public_services.routes.remembering import Statuses
from app.public_services.routes.router import router

__all__ = ["SMALL_BODIES", "Statuses", "router"]
