"""The pages of those who run the gateway and its reports, and the traffic as JSON."""

from app.console.routes import exchanges, indicators, owed, reports, shared_services, traffic
from app.console.routes.router import router

__all__ = [
    "exchanges", "indicators", "owed", "reports", "router", "shared_services", "traffic",
]  # fmt: skip
