"""Words of a land system about a dossier that it has.

The fields of `GuiKetQuaThue` are known; those of the others are composed of the same names.
"""

import hashlib
import json
import re
from datetime import datetime
from typing import Annotated, Any, Final

from pydantic import AwareDatetime, BeforeValidator, Field, StringConstraints
from typing_extensions import override

from app.exchange.dvcqg.wire.fields import Listed, PortalFact, Scalar
from app.facades.dvcqg.schemas.reading import read_as
from app.facades.land.domain import Notice, Operation, Word
from app.platform.clock import VIETNAM

_FORMS: Final = (
    (re.compile(r"\d{2}/\d{2}/\d{4} \d{2}:\d{2}:\d{2}"), "%d/%m/%Y %H:%M:%S"),
    (re.compile(r"\d{2}/\d{2}/\d{4} \d{2}:\d{2}"), "%d/%m/%Y %H:%M"),
    (re.compile(r"\d{2}/\d{2}/\d{4}"), "%d/%m/%Y"),
    (re.compile(r"\d{14}"), "%Y%m%d%H%M%S"),
)
_FIRST, _LAST = 1901, 2199
"""Years that moments have, whatever their zone."""


def _read_moment(value: Any) -> Any:
    if not isinstance(value, str):
        raise ValueError("a moment is wanted")  # noqa: TRY004 -- pydantic reports ValueError
    at = _parsed(value)
    if not _FIRST <= at.year < _LAST:
        raise ValueError("no such year")
    return at if at.tzinfo is not None else at.replace(tzinfo=VIETNAM)


def _parsed(text: str) -> datetime:
    for form, layout in _FORMS:
        if form.fullmatch(text):
            return datetime.strptime(text, layout).replace(tzinfo=VIETNAM)
    return datetime.fromisoformat(text)


Moment = Annotated[AwareDatetime, BeforeValidator(_read_moment)]
"""dd/MM/yyyy, with or without a time, yyyyMMddHHmmss, or ISO 8601; without a zone Vietnam's."""

Number = Annotated[str, StringConstraints(pattern=r"^[^\x00-\x20\x7f]{1,50}$")]
Name = Annotated[str, StringConstraints(pattern=r"^[^\x00-\x1f\x7f]{1,250}$")]
Text = Annotated[Scalar, StringConstraints(max_length=4000)]
Words = Annotated[str, StringConstraints(min_length=1, max_length=4000)]
Line = Annotated[Scalar, StringConstraints(pattern=r"^[^\x00-\x1f\x7f]{0,2000}$")]


class Said(PortalFact):
    """What every word says: which dossier, who and when; the rest may be left out."""

    number: Number = Field(alias="SoBienNhan")
    by: Name = Field(alias="NguoiXuLy", repr=False)
    happened_at: Moment = Field(alias="NgayXuLy")
    note: Text = Field("", alias="GhiChu")

    def word(self, operation: Operation, identity: str) -> Word:
        """Return the word."""
        return Word(operation, self.number, self.by, self.happened_at, self.note, identity)


class SupplementAsked(Said):
    """`YeuCauBoSungHoSo`: what is missing, in words and by the names of papers."""

    content: Words = Field(alias="NoiDung")
    papers: Annotated[tuple[Name, ...], Listed] = Field((), alias="DanhSachGiayTo", max_length=100)

    @override
    def word(self, operation: Operation, identity: str) -> Word:
        """Return the word; the content is what is asked for."""
        return Word(
            operation, self.number, self.by, self.happened_at, self.content, identity, self.papers
        )


class UpdateAsked(Said):
    """`YeuCauCapNhatHoSo`: what is to be put right."""

    content: Words = Field(alias="NoiDung")

    @override
    def word(self, operation: Operation, identity: str) -> Word:
        """Return the word; the content is what is to be put right."""
        return Word(operation, self.number, self.by, self.happened_at, self.content, identity)


class TaxNoticeSaid(PortalFact):
    """One of `DanhSachThongBaoThue`."""

    owner_name: Name = Field(alias="HoTenChu", repr=False)
    kind: Annotated[Scalar, StringConstraints(pattern=r"^[^\x00-\x1f\x7f]{1,200}$")] = Field(
        alias="LoaiThue"
    )
    number: Annotated[Scalar, StringConstraints(pattern=r"^[^\x00-\x1f\x7f]{1,100}$")] = Field(
        alias="SoThongBaoThue"
    )
    url: Line = Field("", alias="DuongDanThongBaoThue")


class TaxTold(Said):
    """`GuiKetQuaThue`: every field is known."""

    happened_at: Moment = Field(alias="NgayCoKetQuaThue")
    notices: Annotated[tuple[TaxNoticeSaid, ...], Listed] = Field(
        alias="DanhSachThongBaoThue", min_length=1, max_length=100
    )

    @override
    def word(self, operation: Operation, identity: str) -> Word:
        """Return the word with its notices."""
        notices = tuple(
            Notice(one.number, one.kind, one.owner_name, one.url) for one in self.notices
        )
        return Word(
            operation,
            self.number,
            self.by,
            self.happened_at,
            self.note,
            identity,
            notices=notices,
        )


_MODELS: Final[dict[Operation, type[Said]]] = {
    Operation.FORWARD: Said,
    Operation.ASK_SUPPLEMENT: SupplementAsked,
    Operation.TAKE_SUPPLEMENT: Said,
    Operation.TELL_TAX: TaxTold,
    Operation.FINISH: Said,
    Operation.ASK_UPDATE: UpdateAsked,
}


def word_of(operation: Operation, content: dict[str, Any]) -> Word:
    """Return what a land system says by an operation.

    Raises:
        InvalidRecordError: names every wrong place, without what was said there.
    """
    said = read_as(_MODELS[operation], content)
    return said.word(operation, identity_of(operation.value, content))


def identity_of(operation: str, content: dict[str, Any]) -> str:
    """Return what tells a repeat from another word: it does not depend on how JSON is written."""
    plain = json.dumps([operation, content], sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()
