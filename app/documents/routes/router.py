"""The one router of this slice; its modules add their routes to it."""

from typing import Annotated, Final

from fastapi import APIRouter, Path

router = APIRouter(tags=["documents"])

LARGE_BODIES: Final = ("/v1/documents",)
"""Paths whose bodies may be as large as a document: they are read as they arrive."""

Number = Annotated[
    str, Path(alias="id", description="Mã văn bản ở cổng này. / Our id of the document.")
]
