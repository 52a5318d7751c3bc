"""`/v1/postal-orders`, `/v1/judicial-records`, `/v1/judicial-returns`, `/v1/errands`."""

from app.errands.routes import placing, reading
from app.errands.routes.router import router

__all__ = ["placing", "reading", "router"]
