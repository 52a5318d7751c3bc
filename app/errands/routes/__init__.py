"""`/v1/postal-orders`, `/v1/judicial-records`, `/v1/land-handovers` and others, `/v1/errands`."""

from app.errands.routes import land, placing, reading
from app.errands.routes.router import router

__all__ = ["land", "placing", "reading", "router"]
