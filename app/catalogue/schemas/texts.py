"""Bounded text of catalogues, kept composed (NFC) so that equal texts are equal."""

import unicodedata
from typing import Annotated

from pydantic import AfterValidator, Field

from app.fields import Line, Text


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text)


Name = Annotated[Line, Field(max_length=300), AfterValidator(_composed)]
LongName = Annotated[Line, Field(max_length=1000), AfterValidator(_composed)]
Prose = Annotated[Text, Field(max_length=20_000), AfterValidator(_composed)]
ShortCode = Annotated[Line, Field(max_length=50)]
Address = Annotated[Line, Field(max_length=2000)]
