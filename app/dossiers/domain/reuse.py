"""Tái sử dụng: what a paper is taken from, instead of being handed in again."""

from dataclasses import dataclass
from enum import StrEnum

from app.codes import DossierCode


class ReuseKind(StrEnum):
    """Tái sử dụng: what a paper is taken from; declared in the order of the national codes 1, 2."""

    COMPONENT = "component"
    RESULT = "result"


@dataclass(frozen=True, slots=True)
class Reuse:
    """The earlier dossier of the same owner that a paper is taken from.

    `number` counts its papers or results from 1. `result_code` is that of the result which stands
    in for the paper, `search` the search in which the owner consented.
    """

    kind: ReuseKind
    dossier: DossierCode
    number: int
    result_code: str = ""
    search: str = ""
