"""Rules of paths, patterns and operations, table by table."""

import pytest

from app.broker.domain.operations import Operation, ambiguous, operation_of
from app.broker.domain.paths import PathPattern, plain_path

MATCHING = [
    ("/thuaDat/{id}", "/thuaDat/12", True),
    ("/thuaDat/{id}", "/thuaDat/a%20b", True),
    ("/thuaDat/{id}", "/thuaDat/", False),
    ("/thuaDat/{id}", "/thuaDat", False),
    ("/thuaDat/{id}", "/thuaDat/12/", False),
    ("/thuaDat/{id}", "/thuaDat/12/x", False),
    ("/thuaDat/{id}", "/%74huaDat/12", True),
    ("/tep/*", "/tep", True),
    ("/tep/*", "/tep/", True),
    ("/tep/*", "/tep/a/b/c", True),
    ("/tep/*", "/tepx", False),
    ("/*", "", True),
    ("*", "", True),
    ("*", "/a/b", True),
    ("", "", True),
    ("", "/", False),
    ("/", "/", True),
    ("/", "", False),
    ("/a/", "/a/", True),
    ("/a/", "/a", False),
]
BROKEN = (
    "a", "a/b", "/a//b", "/a/../b", "/./a", "/a/{b", "/a/b}", "/a/{b}c", "/a/*/b", "/*/a", "/a*",
    "**", "/a/%41", "/a/{}", "/a/{x y}", "/a?b", "/a#b", "/a;b", "/xã", "/a b", "/a\\b", "{a}",
)  # fmt: skip
UNSAFE = (
    b"/a/../b", b"/a/./b", b"/..", b"/%2e%2e/b", b"/a%2fb", b"/a%5cb", b"/a\\b", b"/a;x", b"//",
    b"/a//b", b"/%252e", b"/%2541", b"/%zz", b"/%4", b"/a%00", b"/a%0d%0a", b"/\xff", b"/%ff",
    b"/%c0%af", b"/...", b"/%20", b"/a/%e2%80%a6/b", b"/%e2%80%8b", b"a", b"/a b", b"/<",
    b"/" + b"a" * 2000,
)  # fmt: skip


@pytest.mark.parametrize(("pattern", "path", "expected"), MATCHING)
def test_a_pattern_has_just_its_paths(pattern: str, path: str, *, expected: bool) -> None:
    found = plain_path(path.encode())
    assert found is not None
    assert PathPattern.read(pattern).matches(found) is expected


@pytest.mark.parametrize("text", BROKEN)
def test_a_pattern_that_means_nothing_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="segments"):
        PathPattern.read(text)


@pytest.mark.parametrize("raw", UNSAFE)
def test_a_path_that_can_be_read_in_two_ways_is_none(raw: bytes) -> None:
    assert plain_path(raw) is None


def test_the_longest_path_is_taken() -> None:
    assert plain_path(b"/" + b"a" * 1999) is not None


def _of(*pairs: tuple[str, str]) -> list[Operation]:
    return [Operation.of(*pair) for pair in pairs]


@pytest.mark.parametrize(
    ("method", "path", "expected"),
    [
        ("GET", "/a", "GET /a"),
        ("POST", "/a", None),
        ("GET", "/b", "* /b/*"),
        ("GET", "/c", "GET /{x}"),
        ("GET", "/A", None),
        ("GET", "/a/", None),
        ("GET", "/a.", None),
        ("GET", "/%EF%BD%81", None),
        ("GET", "/b/c", "* /b/*"),
        ("DELETE", "/b/c/d", "* /b/*"),
        ("TRACE", "/b/c", None),
        ("*", "/b/c", None),
        ("POST", "/c", None),
        ("get", "/b", None),
    ],
)
def test_the_most_specific_pattern_decides(method: str, path: str, expected: str | None) -> None:
    operations = _of(("GET", "/{x}"), ("*", "/b/*"), ("GET", "/a"))
    found = plain_path(path.encode())
    assert found is not None
    operation = operation_of(operations, method, found)
    assert (None if operation is None else operation.id) == expected


def test_a_method_of_its_own_comes_before_every_method() -> None:
    path = plain_path(b"/a")
    assert path is not None
    operations = _of(("*", "/a"), ("GET", "/a"))
    found = [operation_of(operations, method, path) for method in ("GET", "PUT")]
    assert [one and one.id for one in found] == ["GET /a", "* /a"]


def test_names_do_not_tell_patterns_apart() -> None:
    assert ambiguous(_of(("GET", "/{a}"), ("GET", "/{b}"))) == 1
    assert ambiguous(_of(("GET", "/{a}"), ("PUT", "/{b}"), ("GET", "/a"))) is None


def test_a_method_that_nobody_knows_makes_no_operation() -> None:
    with pytest.raises(ValueError, match="method"):
        Operation.of("LOOK", "/a")
