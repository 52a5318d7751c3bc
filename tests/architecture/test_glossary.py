"""Every Vietnamese name in the wire models has a row in the glossary."""

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ALIAS = re.compile(r"""(?:alias|validation_alias|serialization_alias)=["']([^"']+)["']""")
ROW = re.compile(r"^\|[^|]*\|([^|]*)\|", re.MULTILINE)


def aliases() -> Iterator[str]:
    for path in (ROOT / "app" / "exchange").rglob("*.py"):
        yield from ALIAS.findall(path.read_text(encoding="utf-8"))


def wire_names() -> set[str]:
    table = (ROOT / "openapi" / "glossary.md").read_text(encoding="utf-8")
    return {name for cell in ROW.findall(table) for name in re.findall(r"`([^`]+)`", cell)}


def test_every_alias_is_in_the_glossary() -> None:
    found = set(aliases())
    assert len(found) > 50
    assert found - wire_names() == set()


def test_a_vietnamese_name_stands_only_where_the_wire_is() -> None:
    exchange = (
        "app/exchange/dvcqg/wire",
        "app/exchange/ngsp/wire",
        "app/exchange/payments/wire",
        "app/exchange/messaging/",
        "app/exchange/vxp/",
    )
    replay = ("app/cli/replay/comparing.py", "app/cli/replay/nation.py")
    allowed = (*exchange, *replay, "app/facades/", "app/cli/demo/")
    words = re.compile(r"\b(?:MaHoSo|MaTTHC|TrangThaiHoSo|NgayTiepNhan|MaDinhDanhDV)\b")
    strays = [
        str(path.relative_to(ROOT))
        for path in (ROOT / "app").rglob("*.py")
        if words.search(path.read_text(encoding="utf-8"))
    ]
    assert [path for path in strays if not path.startswith(allowed)] == []


def test_a_missing_row_would_be_seen() -> None:
    assert ALIAS.findall('code: str = Field(alias="MaLa")') == ["MaLa"]
    assert "MaLa" not in wire_names()
