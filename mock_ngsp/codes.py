"""The two spellings of an agency code, brought to one so that they can be compared."""

import re
from functools import lru_cache

_CHILD_FIRST = re.compile(
    r"(?:([0-9A-Z]{3})\.)?(?:([0-9A-Z]{2})\.)?([0-9A-Z]{2})\.([A-Z][0-9A-Z]\d)", re.ASCII
)
_ROOT_FIRST = re.compile(r"[A-Z]\d{2}(?:\.[0-9A-Z]{1,8})*", re.ASCII)
_CENTRE = re.compile(r"\d{2}\.(\d{2})\.W00", re.ASCII)
_TOKEN = re.compile(r"(?<![0-9A-Z])([A-Z]\d{2})(?![0-9A-Z])", re.ASCII)
_LEVELS = 3

IDENTIFIER = re.compile(r"[A-Za-z0-9.\-]+", re.ASCII)
"""What a system id or a unit code may consist of (vxp.md §4: validate loosely)."""


@lru_cache(maxsize=10_000)
def canonical(code: str) -> str:
    """Bring `000.00.12.H38` and `H38.12` to the latter; other codes stay, in upper case."""
    code = code.strip().upper()
    found = None if _ROOT_FIRST.fullmatch(code) else _CHILD_FIRST.fullmatch(code)
    if found is None:
        return code
    groups = [group for group in reversed(found.groups()) if group is not None]
    while len(groups) > 1 and not groups[-1].strip("0"):
        groups.pop()
    return ".".join(groups)


def qcvn(code: str) -> str:
    """The four-group spelling of a code, or the code itself where the groups do not fit."""
    root, *levels = canonical(code).split(".")
    if not _TOKEN.fullmatch(root) or len(levels) > _LEVELS:
        return code
    second, third, fourth = (*levels, "", "", "")[:_LEVELS]
    return f"{fourth:0>3}.{third:0>2}.{second:0>2}.{root}"


def stands_under(code: str, root: str) -> bool:
    """Tell whether the unit `code` is `root` or below it, whatever their spelling."""
    return f"{canonical(code)}.".startswith(f"{canonical(root)}.")


def member_of(system_id: str) -> str:
    """Guess the member a system speaks for from its id alone.

    A unit code gives its root, a centre `00.53.W00` the province of that number, any other
    id the first code it contains (`lgsp-h38` gives `H38`), otherwise the id itself.
    """
    upper = system_id.upper()
    if centre := _CENTRE.fullmatch(upper):
        return f"H{centre[1]}"
    if _ROOT_FIRST.fullmatch(upper) or _CHILD_FIRST.fullmatch(upper):
        return canonical(upper).split(".", 1)[0]
    token = _TOKEN.search(upper)
    return token[1] if token else system_id
