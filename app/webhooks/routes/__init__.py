"""`/v1/webhooks`."""

from app.webhooks.routes import acting, reading
from app.webhooks.routes.router import router
from app.webhooks.routes.told import told

__all__ = ["acting", "reading", "router", "told"]
