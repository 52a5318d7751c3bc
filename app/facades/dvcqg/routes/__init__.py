"""The routes of the portal's wire."""

from app.facades.dvcqg.routes import adapter, arrivals, front

ROUTERS = (adapter.router, arrivals.router, front.router)
