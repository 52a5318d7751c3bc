"""Words of others, fit to be kept: short, and without what no database takes."""

from typing import Any, Final

LONGEST: Final = 500


def kept(text: str, longest: int = LONGEST) -> str:
    """Return a text as it is kept: U+0000 and halves of characters left out, then cut."""
    plain = text.replace("\x00", "").encode("utf-8", "ignore").decode("utf-8")
    return plain[:longest]


def kept_all(facts: dict[str, Any], *, but: str = "") -> dict[str, Any]:
    """Return facts with every text fit to be kept; `but` names one that is checked elsewhere."""
    return {
        name: kept(said) if isinstance(said, str) and name != but else said
        for name, said in facts.items()
    }
