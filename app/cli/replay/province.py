"""The pretend province of the replay: how much comes in, and its one-stop units."""

from typing import Any, Final

UNITS: Final = 191
DAILY: Final = 264
"""Lào Cai 2017: so many one-stop units took in so many dossiers on a working day."""

ONLINE: Final = 0.40
"""Khánh Hòa 2021: 33 to 47 % of the dossiers came online."""

BY_POST: Final = 0.25
RETURNED_BY_POST: Final = 0.75
"""Lào Cai 2017: 240 postal orders on those 264 dossiers, papers coming and results going."""

LEFT_OPEN: Final = 0.054
"""Lives that break off on the way: with those that stop by themselves, 94 % come to an end."""

PROCEDURE, SMALL_PROCEDURE = "1.003560.H38", "2.900001.H38"
"""Procedures of the catalogue's seed, the second for parts of other agencies and small matters."""

_HOUSES: Final = 10
_IN_A_HOUSE: Final = 20


def unit_code(number: int) -> str:
    """Return the code of a unit, numbered from 0."""
    house, place = divmod(number, _IN_A_HOUSE)
    return f"H38.{71 + house}.{place + 1:02}"


def catalogue() -> dict[str, Any]:
    """Return the units as a catalogue file: invented, each below one of ten invented houses."""
    houses = [
        {"code": f"H38.{71 + number}", "name": f"Cụm một cửa mẫu số {number + 1}", "parent": "H38"}
        for number in range(_HOUSES)
    ]
    units = [
        {
            "code": unit_code(number),
            "name": f"Bộ phận một cửa mẫu số {number + 1:03}",
            "parent": f"H38.{71 + number // _IN_A_HOUSE}",
        }
        for number in range(UNITS)
    ]
    return {"members": [{**member, "kind": "state"} for member in (*houses, *units)]}
