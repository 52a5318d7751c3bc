"""Codes of the state: their written forms only. Whether a code exists is the catalogue's matter."""

import re
from functools import lru_cache
from typing import Self

from typing_extensions import override

_QCVN = re.compile(r"^(\d{3})\.(\d{2})\.(\d{2})\.([A-Z]\d{2})$", re.ASCII)
_OLDER = re.compile(
    r"^(?:([0-9A-Z]{3})\.)?(?:([0-9A-Z]{2})\.)?([0-9A-Z]{2})\.([A-Z][0-9A-Z]\d)$", re.ASCII
)
_TREE = re.compile(r"^(?=.{3,35}$)[A-Z][0-9A-Z]\d(?:\.[0-9A-Z]{1,8})*$", re.ASCII)
_ENTERPRISE = re.compile(r"^(?:0002-)?(\d{10})(?:-?(\d{3}))?$", re.ASCII)
_WIDTHS = (2, 2, 3)
"""Digits of the second, third and fourth level in the QCVN 102:2016 form."""


@lru_cache(maxsize=8192)
def _is_agency_code(text: str) -> bool:
    return any(form.fullmatch(text) for form in (_QCVN, _OLDER, _TREE, _ENTERPRISE))


@lru_cache(maxsize=8192)
def _canonical(code: str) -> str:
    if business := _ENTERPRISE.fullmatch(code):
        return "-".join(part for part in business.groups() if part)
    if _TREE.fullmatch(code):
        return str(code)
    found = _QCVN.fullmatch(code) or _OLDER.fullmatch(code)
    groups = [group for group in reversed(found.groups() if found else (code,)) if group]
    while len(groups) > 1 and not groups[-1].strip("0"):
        groups.pop()
    return ".".join(groups)


@lru_cache(maxsize=8192)
def _canonical_procedure(code: str) -> str:
    agency = code[9:]
    return f"{code[:8]}.{AgencyCode(agency).canonical}" if agency else str(code)


class _Code(str):
    """Text that passed its grammar; equal to the same text."""

    __slots__ = ()
    grammar: re.Pattern[str]
    what: str

    def __new__(cls, text: str) -> Self:
        """Take `text` as it is.

        Raises:
            ValueError: if it does not have the form of this code.
        """
        if type(text) is cls:
            return text
        if not cls._fits(text):
            raise ValueError(f"not {cls.what}")
        return super().__new__(cls, text)

    @classmethod
    def _fits(cls, text: str) -> bool:
        return cls.grammar.fullmatch(text) is not None


class AgencyCode(_Code):
    """Identity code of an agency, in the spelling that was given.

    Four grammars are read: QCVN 102:2016 `000.00.12.H38` (child first), its older short
    forms `28.22.H17`, QĐ 20/2020 `H38.12` (root first), and an enterprise's business code
    (10 digits, 13 for a branch), which the document axis writes behind `0002-`.
    The letter of the root says whose it is: G ministries, H provinces, K people's councils.
    """

    __slots__ = ()
    what = "an agency code"

    @classmethod
    @override
    def _fits(cls, text: str) -> bool:
        return _is_agency_code(text)

    @property
    def canonical(self) -> str:
        """The QĐ 20/2020 spelling, by reversing the groups and dropping the empty ones.

        Zero groups go only at the end: one between two others keeps its place, so that the
        way back is exact. An enterprise's is its business code, `0123456789-001` for a branch.
        """
        return _canonical(self)

    @property
    def qcvn(self) -> str | None:
        """The QCVN 102:2016 spelling, or None where the groups do not fit its widths."""
        root, *levels = self.canonical.split(".")
        if len(levels) > len(_WIDTHS) or _TREE.fullmatch(root) is None:
            return None
        padded = [level.zfill(width) for level, width in zip(levels, _WIDTHS, strict=False)]
        padded += ["0" * width for width in _WIDTHS[len(levels) :]]
        code = ".".join([*reversed(padded), root])
        return code if _QCVN.fullmatch(code) else None

    @property
    def root(self) -> str:
        """The first level: the ministry or province, e.g. `H38`."""
        return self.canonical.split(".", 1)[0]

    @property
    def ancestors(self) -> list[str]:
        """The canonical codes above this one, nearest first: `H38.21`, `H38` for `H38.21.05`."""
        groups = self.canonical.split(".")
        return [".".join(groups[:depth]) for depth in range(len(groups) - 1, 0, -1)]

    def within(self, other: "AgencyCode") -> bool:
        """Tell whether this agency is `other` or stands below it."""
        return f"{self.canonical}.".startswith(f"{other.canonical}.")


class ProcedureCode(_Code):
    """Code of an administrative procedure: national `1.003560` or a province's `1.003560.H38`."""

    __slots__ = ()
    what = "a procedure code"
    grammar = re.compile(
        r"\d\.\d{6}(?:\.(?:\d{3}\.\d{2}\.\d{2}\.[A-Z]\d{2}|[A-Z]\d{2}(?:\.\d{2,3}){0,4}))?",
        re.ASCII,
    )

    @property
    def national(self) -> str:
        """The code without the publishing agency, e.g. `1.003560`."""
        return self[:8]

    @property
    def agency(self) -> AgencyCode | None:
        """The publishing agency, None in a national code."""
        return AgencyCode(self[9:]) if self[9:] else None

    @property
    def canonical(self) -> str:
        """The code with its agency in the QĐ 20/2020 spelling, e.g. `1.003560.H38`."""
        return _canonical_procedure(self)


class DossierCode(_Code):
    """Code of a dossier: `{agency}-{yyMMdd}-{daily sequence of 4 to 7 digits}`."""

    __slots__ = ()
    what = "a dossier code"
    grammar = re.compile(
        r"(?=.{1,50}$)(?:\d{3}\.\d{2}\.\d{2}\.[A-Z]\d{2}|[A-Z]\d{2}(?:\.\d{2,3}){0,4})-\d{6}-\d{4,7}",
        re.ASCII,
    )


class DocumentId(_Code):
    """Identifier of a document inside edXML: opaque text of one line, at most 200 characters."""

    __slots__ = ()
    what = "a document id"
    grammar = re.compile(r"[^\x00-\x20\x7f](?:[^\x00-\x1f\x7f]{0,198}[^\x00-\x20\x7f])?")
