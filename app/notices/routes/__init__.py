"""`/v1/notices`."""

from app.notices.routes.notices import router

__all__ = ["router"]
