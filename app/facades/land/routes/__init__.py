"""The routes of the land system's wire."""

from app.facades.land.routes.calls import router

__all__ = ["router"]
