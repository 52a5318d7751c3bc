"""Lưu trữ cơ quan: the package in which a finished document goes to the agency's own archive.

A ZIP with the packet, its files, the packets that told statuses, and what we know of it as JSON.
`manifest.json` names every other entry with its SHA-256, `manifest.jws` is our signature on it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from app.documents.domain.statuses import Recall, Standing, Status

FORMAT: Final = "lgsp-archive-1"
MANIFEST: Final = "manifest.json"
SIGNATURE: Final = "manifest.jws"
STATEMENT_TYPE: Final = "lgsp-archive+jwt"
_ENDS: Final = {Status.FINISHED, Status.REJECTED}


@dataclass(frozen=True, slots=True)
class Listed:
    """An entry as the manifest names it."""

    path: str
    sha256: str
    size: int


def is_over(standing: Standing) -> bool:
    """Tell whether nothing more happens to a document at a recipient."""
    return standing.recall is Recall.AGREED or standing.progress in _ENDS


def manifest_of(document: str, entries: Sequence[Listed]) -> dict[str, Any]:
    """Return the manifest as JSON values."""
    listed = [{"path": one.path, "sha256": one.sha256, "size": one.size} for one in entries]
    return {"format": FORMAT, "document": document, "entries": listed}


def listed_in(manifest: Any) -> Sequence[Listed] | None:
    """Return what a manifest names; None if it is no manifest of ours."""
    if not isinstance(manifest, Mapping) or manifest.get("format") != FORMAT:
        return None
    entries = manifest.get("entries")
    if not isinstance(entries, list):
        return None
    found = [_listed(one) for one in entries]
    return None if None in found else [one for one in found if one is not None]


def _listed(entry: Any) -> Listed | None:
    if not isinstance(entry, Mapping):
        return None
    path, digest, size = (entry.get(name) for name in ("path", "sha256", "size"))
    if isinstance(path, str) and isinstance(digest, str) and isinstance(size, int):
        return Listed(path, digest, size)
    return None


def faults(listed: Sequence[Listed], found: Mapping[str, Listed]) -> Sequence[str]:
    """Return what is missing, changed or too much in a package, in words."""
    named = {one.path: one for one in listed}
    said = [] if len(named) == len(listed) else ["the manifest names an entry twice"]
    said += [f"{path}: is missing" for path in named if path not in found]
    said += [f"{path}: is not in the manifest" for path in found if path not in named]
    said += [
        f"{path}: is not what the manifest says"
        for path, one in named.items()
        if path in found and found[path] != one
    ]
    return said
