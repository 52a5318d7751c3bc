"""The one router of this slice; its modules add their routes to it."""

from typing import Final

from fastapi import APIRouter

router = APIRouter(tags=["documents"])

LARGE_BODIES: Final = ("/v1/documents",)
"""Paths whose bodies may be as large as a document: they are read as they arrive."""
