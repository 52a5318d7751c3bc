"""What a lenient reading goes on without: the paths of elements that do not fit their description.

What the axis brings was sent and numbered long ago; to refuse a document because the number of its
pages is a word would lose it. What says who sends it, what it is and what it does is never passed
over: a packet that cannot be understood in that is refused however it is read.
"""

from dataclasses import dataclass, field
from typing import Final

from app.exchange.vxp.edxml import errors

UNFIT: Final = (
    errors.MissingElementError,
    errors.UnknownValueError,
    errors.WrongAgencyCodeError,
    errors.WrongDateError,
    errors.WrongDocumentIdError,
    errors.WrongNumberError,
)
"""What may be wrong with an optional element; a group may lack a part that it needs."""


@dataclass(slots=True)
class PassedOver:
    """Paths of elements passed over: optional `values`, and `parties` whose code is none."""

    values: list[str] = field(default_factory=list)
    parties: list[str] = field(default_factory=list)
