"""The routes of the portal's wire."""

from app.facades.dvcqg.routes import adapter, arrivals, files, front

ROUTERS = (adapter.router, arrivals.router, files.router, front.router)
