"""What is counted of documents: new and replacing ones, on the sender's side and the receiver's."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import StrEnum


class Dimension(StrEnum):
    """By what is counted; `level` is how deep a member stands: 1 for the province itself."""

    MONTH = "month"
    MEMBER = "member"
    LEVEL = "level"
    TYPE = "type"


@dataclass(frozen=True, slots=True)
class Counts:
    """One side's counts.

    `interlinked`: exchanged with somebody beyond us. The signed ones are told apart by whose good
    signatures their PDFs bear; `unexamined` ones nobody has looked at. On the sender's side `late`
    is sent late (QĐ 28/2018, đ.6.2) and `recipients`, `refused` and `finished` count deliveries; on
    the receiver's `late` is confirmed after the day or not yet (NĐ 30/2020, đ.21.2).
    """

    documents: int = 0
    interlinked: int = 0
    electronic_only: int = 0
    with_paper: int = 0
    signed_by_organisation: int = 0
    signed_by_person: int = 0
    signed_by_both: int = 0
    unsigned: int = 0
    unexamined: int = 0
    late: int = 0
    recipients: int = 0
    refused: int = 0
    finished: int = 0


@dataclass(frozen=True, slots=True, order=True)
class Group:
    """What a row counts; a dimension that was not asked for is empty."""

    month: str = ""
    member: str = ""
    level: int = 0
    type: str = ""


@dataclass(frozen=True, slots=True)
class Row:
    """The counts of one group."""

    group: Group
    sent: Counts = field(default_factory=Counts)
    received: Counts = field(default_factory=Counts)


Dimensions = Sequence[Dimension]
