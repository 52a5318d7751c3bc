import ast
import re
from collections.abc import Iterator
from pathlib import Path

APP = Path(__file__).resolve().parents[2] / "app"
VIETNAMESE = re.compile("[À-ỹ]")
IN_ENGLISH = " / "
ENUMS = {"StrEnum", "IntEnum", "Enum"}
AS_THEY_ARE = {"Scope", "Style"}
"""Words that an administrator types: each is its own name in every language."""
BESIDE = {"NothingToDecideError", "UnmetConditionError"}
"""Errors that give the word in an extension, never in the sentence."""


def trees() -> dict[str, ast.Module]:
    return {
        str(path.relative_to(APP)): ast.parse(path.read_text(encoding="utf-8"))
        for path in sorted(APP.rglob("*.py"))
    }


def enums_of(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            bases = {base.id for base in node.bases if isinstance(base, ast.Name)}
            if bases & ENUMS and node.name not in AS_THEY_ARE:
                yield node.name


def names_in(node: ast.AST | None) -> set[str]:
    found = ast.walk(node) if node is not None else ()
    return {one.id for one in found if isinstance(one, ast.Name)}


def joined_in(value: ast.expr) -> set[str]:
    match value:
        case ast.BoolOp(values=[first, *_]):
            return joined_in(first)
        case ast.Call(func=ast.Attribute(attr="join"), args=[ast.Name(id=name)]):
            return {name}
        case _:
            return set()


def words_of(function: ast.FunctionDef, enums: set[str]) -> set[str]:
    every = [*function.args.args, *function.args.kwonlyargs]
    words = {one.arg for one in every if names_in(one.annotation) & enums}
    for node in ast.walk(function):
        if isinstance(node, ast.Assign) and joined_in(node.value) & words:
            words |= names_in(node.targets[0])
    return words


def is_english(said: ast.expr, words: set[str]) -> bool:
    match said:
        case ast.Name(id=name):
            return name in words
        case ast.Attribute(attr="value"):
            return True
        case _:
            return bool(joined_in(said) & words)


def said_in_vietnamese(node: ast.AST) -> Iterator[ast.expr]:
    pieces = node.values if isinstance(node, ast.JoinedStr) else []
    texts = [str(piece.value) for piece in pieces if isinstance(piece, ast.Constant)]
    if VIETNAMESE.search("".join(texts)):
        for piece in pieces:
            if isinstance(piece, ast.FormattedValue):
                yield piece.value
            elif isinstance(piece, ast.Constant) and IN_ENGLISH in str(piece.value):
                return


def stripped_for_an_error(node: ast.AST) -> bool:
    match node:
        case ast.Call(func=ast.Name(id=name), args=args) if name.endswith("Error"):
            values = [one for one in args if isinstance(one, ast.Attribute) and one.attr == "value"]
            return bool(values) and name not in BESIDE
        case _:
            return False


def faults(tree: ast.Module, enums: set[str]) -> Iterator[int]:
    for function in ast.walk(tree):
        if isinstance(function, ast.FunctionDef):
            words = words_of(function, enums)
            for node in ast.walk(function):
                if any(is_english(said, words) for said in said_in_vietnamese(node)):
                    yield node.lineno if isinstance(node, ast.expr) else 0
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and stripped_for_an_error(node):
            yield node.lineno


def test_no_vietnamese_sentence_holds_the_english_word_of_an_enum() -> None:
    modules = trees()
    enums = {name for tree in modules.values() for name in enums_of(tree)}
    found = [f"{path}:{line}" for path, tree in modules.items() for line in faults(tree, enums)]
    assert found == []


def test_an_english_word_would_be_seen() -> None:
    source = """
def __init__(self, state: State, ways: Collection[State], name: str) -> None:
    names = ", ".join(ways) or "none"
    told(f"đang ở {state}", f"chỉ có {names}", f"là {name}", f"it is {state}")
    told(f"đang ở {state.label}", f"chưa rõ. / It is {state}.", f"nhận {', '.join(ways)}")
    raise EndedError(self.state.value)
"""
    assert list(faults(ast.parse(source), {"State"})) == [4, 4, 5, 6]
