"""The pages of those who run the gateway and its reports, and the traffic as JSON."""

from app.console.routes import exchanges, indicators, owed, reports, services, traffic
from app.console.routes.router import router

__all__ = [
    "exchanges", "indicators", "owed", "reports", "router", "services", "traffic",
]  # fmt: skip
