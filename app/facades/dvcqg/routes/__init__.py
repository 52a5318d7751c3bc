"""The routes of the portal's wire."""

from app.facades.dvcqg.routes import adapter, front

ROUTERS = (adapter.router, front.router)
