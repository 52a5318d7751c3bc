"""The one router of this slice; its modules add their routes to it."""

from fastapi import APIRouter

router = APIRouter(tags=["documents"])
