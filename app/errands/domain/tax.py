"""Thông báo thuế: what the tax authority set for a dossier, told by the land system."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class TaxNotice:
    """One notice; its number is the tax authority's own, and one of a dossier has it.

    `resulted_at` is when the authority came to it, `url` where the land system has the notice;
    nobody fetches it from here.
    """

    number: str
    kind: str
    owner_name: str
    url: str
    resulted_at: datetime
    handled_by: str
    note: str
    noted_at: datetime
