"""`/v1/documents`: sending documents, receiving them, and telling what becomes of them."""

from fastapi import APIRouter

from app.documents.routes import reading, sending, statuses

router = APIRouter()
"""The lists stand before the single document, whose address would take their names."""

for part in (sending.router, reading.router, statuses.router):
    router.include_router(part)
