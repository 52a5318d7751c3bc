"""The catalogue a fresh gateway starts with: `seed.json`, beside this slice's rooms.

It is ours, so it is not judged again here; a test reads it by the strict schemas.
"""

import json
from datetime import date
from importlib.resources import files
from typing import Any

from app.catalogue.domain import (
    HEAD_FIELDS,
    Catalogue,
    FullProcedure,
    Member,
    MemberKind,
    ProcedureState,
)
from app.codes import AgencyCode, ProcedureCode
from app.platform.bodies import digest_of


def content() -> bytes:
    """Return the file as it is."""
    return files("app.catalogue").joinpath("seed.json").read_bytes()


def catalogue() -> Catalogue:
    """Return what the file says."""
    raw = content()
    said = json.loads(raw)
    return Catalogue(
        members=tuple(_member(entry) for entry in said["members"]),
        procedures=tuple(_procedure(entry) for entry in said["procedures"]),
        digest=digest_of(raw),
    )


def _member(entry: dict[str, str]) -> Member:
    code = AgencyCode(entry["code"])
    return Member(
        code=code,
        qcvn=entry.get("qcvn", code.qcvn),
        name=entry["name"],
        kind=MemberKind(entry["kind"]),
        parent=_code(entry.get("parent")),
        valid_from=_day(entry.get("valid_from")),
        valid_to=_day(entry.get("valid_to")),
        successor=_code(entry.get("successor")),
    )


def _code(text: str | None) -> AgencyCode | None:
    return None if text is None else AgencyCode(text)


def _day(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def _procedure(entry: dict[str, Any]) -> FullProcedure:
    sector = entry["sectors"][0]
    return FullProcedure(
        code=ProcedureCode(entry["code"]),
        name=entry["name"],
        sector_code=sector["code"],
        sector_name=sector["name"],
        agency=_code(entry.get("agency_code")),
        state=ProcedureState(entry["state"]),
        record={name: value for name, value in entry.items() if name not in HEAD_FIELDS},
    )
