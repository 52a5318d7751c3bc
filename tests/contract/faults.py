"""The faults of `openapi/edxml_faults.yaml`: golden packets with one broken rule each."""

import copy
from dataclasses import dataclass
from functools import cache
from typing import Any, Self

import yaml
from lxml import etree
from typing_extensions import override

from tests.contract.judges import NAMESPACE, OPENAPI, message

_Q = f"{{{NAMESPACE}}}"


@dataclass(frozen=True, slots=True)
class Fault:
    """One row: what is broken where, and what either side answers."""

    packet: str
    at: str
    gateway: str
    axis: str
    lenient: str = "refuses"
    does: str | None = None
    says: str | None = None
    why: str | None = None

    @classmethod
    def of(cls, row: dict[str, Any]) -> Self:
        """Read a row; `is` is a word of Python."""
        return cls(does=row.pop("is", None), **row)

    @override
    def __str__(self) -> str:
        return f"{self.packet}:{self.gateway}:{self.at.rpartition('Header/')[2]}"

    def whole(self) -> bytes:
        """Return the packet as it was."""
        return message(f"{self.packet}.edxml").read()

    def broken(self) -> bytes:
        """Return the packet with its fault."""
        root = etree.fromstring(self.whole())
        if self.says is not None:
            _at(root, self.at).text = self.says
        elif self.does == "twice":
            found = _at(root, self.at.removesuffix("[2]"))
            found.addnext(copy.deepcopy(found))
        elif self.does == "carries nothing":
            _remove(root, "AttachmentEncoded/Attachment[2]")
        else:
            assert self.does == "gone", self.does
            _remove(root, self.at)
        return etree.tostring(root, encoding="UTF-8", xml_declaration=True)


@cache
def table() -> dict[str, Any]:
    """Return the file as it stands."""
    loaded: dict[str, Any] = yaml.safe_load((OPENAPI / "edxml_faults.yaml").read_text("utf-8"))
    return loaded


@cache
def faults() -> tuple[Fault, ...]:
    """Return every row."""
    return tuple(Fault.of(dict(row)) for row in table()["faults"])


def _at(root: etree._Element, path: str) -> etree._Element:
    found = root.find("/".join(f"{_Q}{step}" for step in path.split("/")))
    assert found is not None, path
    return found


def _remove(root: etree._Element, path: str) -> None:
    """Remove the element, or every one of that name where no number says which."""
    parent = _at(root, path).getparent()
    assert parent is not None
    step = path.rpartition("/")[2]
    for one in parent.findall(f"{_Q}{step}"):
        parent.remove(one)
