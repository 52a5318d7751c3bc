import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MODULE, FUNCTION, PARAMETERS = 300, 40, 6
NAMELESS = {"utils", "helpers", "common", "misc", "services", "models", "routers"}


def too_large(name: str, source: str) -> Iterator[str]:
    if source.count("\n") > MODULE:
        yield f"{name}: {source.count(chr(10))} lines"
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            lines = (node.end_lineno or 0) - node.lineno + 1
            if lines > FUNCTION:
                yield f"{name}:{node.lineno} {node.name}: {lines} lines"


def sources() -> Iterator[Path]:
    for folder in ("app", "mock_ngsp", "tests"):
        yield from (ROOT / folder).rglob("*.py")


def test_no_module_and_no_function_is_too_large() -> None:
    found = [
        line
        for path in sources()
        for line in too_large(str(path.relative_to(ROOT)), path.read_text(encoding="utf-8"))
    ]
    assert found == []


def test_no_module_has_a_name_that_says_nothing() -> None:
    assert [str(path) for path in sources() if path.stem in NAMELESS] == []


def test_a_large_function_would_be_seen() -> None:
    source = "def f():\n" + "    pass\n" * (FUNCTION + 1)
    assert list(too_large("x", source)) == [f"x:1 f: {FUNCTION + 2} lines"]
    assert list(too_large("x", "\n" * (MODULE + 1))) == [f"x: {MODULE + 1} lines"]
