"""The routes of the land system's wire, and of what the national portal tells of its taxes."""

from app.facades.land.routes import calls, vouchers

ROUTERS = (calls.router, vouchers.router)

__all__ = ["ROUTERS"]
