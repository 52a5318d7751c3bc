"""The routes of the portal's wire."""

from app.facades.dvcqg.routes import adapter, arrivals, files, front, linking, promotions

ROUTERS = (
    adapter.router,
    arrivals.router,
    files.router,
    promotions.router,
    linking.router,
    files.router,
    front.router,
)
