import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PLACES = ("app/platform/database/", "app/platform/middleware")
COMMITS = re.compile(r"\.(?:commit|rollback|begin_nested)\(|connection\.begin\(")
BLIND = re.compile(r"except (?:Base)?Exception\b")
BLIND_PLACES = {
    "app/exchange/relay.py",
    "app/platform/middleware.py",
    "app/platform/database/sqlite.py",
}


def found(pattern: re.Pattern[str]) -> set[str]:
    return {
        str(path.relative_to(ROOT))
        for path in (ROOT / "app").rglob("*.py")
        if pattern.search(path.read_text(encoding="utf-8"))
    }


def test_only_the_database_layer_ends_transactions() -> None:
    assert {path for path in found(COMMITS) if not path.startswith(PLACES)} == set()


def test_everything_is_caught_in_three_places_only() -> None:
    assert found(BLIND) == BLIND_PLACES


def test_a_commit_would_be_seen() -> None:
    assert COMMITS.search("connection.commit()")
    assert BLIND.search("except Exception as error:")
