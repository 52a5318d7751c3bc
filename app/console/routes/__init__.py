"""The pages of those who run the gateway and its reports, and the traffic as JSON."""

from app.console.routes import indicators, reports, traffic
from app.console.routes.router import router

__all__ = ["indicators", "reports", "router", "traffic"]
