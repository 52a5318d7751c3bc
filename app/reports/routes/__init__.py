"""`/v1/report-forms` and `/v1/reports`: forms, reports, sums and what is handed on."""

from app.reports.routes import deciding, filling, forms, handing, reading, sums
from app.reports.routes.router import router

__all__ = ["deciding", "filling", "forms", "handing", "reading", "router", "sums"]
