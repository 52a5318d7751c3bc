"""JSON and YAML without what makes them ambiguous: repeated names, aliases, odd keys."""

import json
from collections.abc import Hashable
from typing import Any, Final, NoReturn

import yaml
from typing_extensions import override

from app.broker.domain.errors import BadDescriptionError
from app.platform.errors import Invalid

_DEEPEST: Final = 64


def load_json(raw: bytes) -> Any:
    """Read JSON.

    Raises:
        BadDescriptionError: if it is none, or a name stands twice in an object.
    """
    try:
        found = json.loads(raw, object_pairs_hook=_once, parse_constant=_refuse)
    except (ValueError, RecursionError):
        raise _unreadable("JSON") from None
    return _checked(found, "JSON")


def load_yaml(raw: bytes) -> Any:
    """Read YAML as JSON would have it: no aliases, no tags, dates as they are written.

    Raises:
        BadDescriptionError: if it is none, or a name stands twice.
    """
    try:
        found = yaml.load(raw, Loader=_Plain)  # noqa: S506 -- a SafeLoader, and a stricter one
    except (yaml.YAMLError, ValueError, RecursionError):
        raise _unreadable("YAML") from None
    return _checked(found, "YAML")


class _Plain(yaml.SafeLoader):
    """What JSON has, in YAML's spelling."""

    @override
    def compose_node(self, parent: yaml.Node | None, index: int) -> yaml.Node | None:
        if self.check_event(yaml.AliasEvent):
            raise yaml.YAMLError("an alias")
        return super().compose_node(parent, index)

    @override
    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> dict[Hashable, Any]:
        names = [self.construct_object(key, deep=True) for key, _ in node.value]
        if len({str(name) for name in names}) != len(names):
            raise yaml.YAMLError("a name twice")
        found = super().construct_mapping(node, deep=deep)
        return {str(name): value for name, value in found.items()}


_Plain.yaml_implicit_resolvers = {
    sign: [one for one in resolvers if one[0] != "tag:yaml.org,2002:timestamp"]
    for sign, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a name twice")
    return found


def _refuse(constant: str) -> NoReturn:
    raise ValueError(constant)


def _checked(found: Any, language: str) -> Any:
    """Refuse what is nested so deeply that no description needs it."""
    level = [found]
    for _ in range(_DEEPEST):
        level = [inner for one in level for inner in _inside(one)]
        if not level:
            return found
    raise _unreadable(language)


def _inside(value: Any) -> list[Any]:
    if isinstance(value, dict):
        return list(value.values())
    return value if isinstance(value, list) else []


def _unreadable(language: str) -> BadDescriptionError:
    why = f"không phải {language} hợp lệ, hoặc có tên lặp, tham chiếu lặp"
    return BadDescriptionError([Invalid("", why, f"not plain {language}, or a name stands twice")])
