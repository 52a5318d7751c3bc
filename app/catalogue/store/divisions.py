"""Provinces and communes of today, from the `vietnam-provinces` package.

Its tables take 0.2 s to load, so they are loaded when first asked for.
"""

from collections.abc import Sequence
from functools import cache

from vietnam_provinces import Province, Ward

from app.catalogue.domain import Division


@cache
def provinces() -> Sequence[Division]:
    """Return the provinces in the order of their codes."""
    found = (
        Division(f"{one.code.value:02}", one.name, one.division_type.value)
        for one in Province.iter_all()
    )
    return sorted(found, key=_by_code)


@cache
def communes() -> dict[str, list[Division]]:
    """Return the communes by province code, each list in the order of their codes."""
    found: dict[str, list[Division]] = {province.code: [] for province in provinces()}
    for one in Ward.iter_all():
        division = Division(f"{one.code.value:05}", one.name, one.division_type.value)
        found[f"{one.province_code.value:02}"].append(division)
    return {province: sorted(every, key=_by_code) for province, every in found.items()}


def _by_code(division: Division) -> str:
    return division.code
