"""A page as a person's browser takes it: what it is built of, by a strict reader of HTML."""

from dataclasses import dataclass, field
from html.parser import HTMLParser
from itertools import pairwise

import httpx
from typing_extensions import override

_VOID = {"meta", "input", "br", "link", "path"}


@dataclass(slots=True)
class Element:
    name: str
    attributes: dict[str, str | None]
    text: str = ""
    parents: tuple[str, ...] = ()


@dataclass(slots=True)
class Page:
    elements: list[Element] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)

    def all(self, name: str) -> list[Element]:
        return [one for one in self.elements if one.name == name]

    @property
    def text(self) -> str:
        return " ".join(" ".join(one.text for one in self.elements).split())


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.page = Page()
        self._open: list[Element] = []

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if len({name for name, _ in attrs}) != len(attrs):
            self.page.faults.append(f"{tag}: an attribute twice")
        made = Element(tag, dict(attrs), parents=tuple(one.name for one in self._open))
        self.page.elements.append(made)
        if tag not in _VOID:
            self._open.append(made)

    @override
    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID:
            return
        if not self._open or self._open[-1].name != tag:
            self.page.faults.append(f"</{tag}> closes nothing")
            return
        self._open.pop()

    @override
    def handle_data(self, data: str) -> None:
        if self._open:
            self._open[-1].text += data


def page_of(answer: httpx.Response) -> Page:
    """Read a page."""
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    reader = _Reader()
    reader.feed(answer.text)
    reader.close()
    return reader.page


def faults_of(page: Page) -> list[str]:
    """Tell what keeps people out of a page, as far as its source shows it."""
    return [*page.faults, *_structure(page), *_naming(page)]


def _structure(page: Page) -> list[str]:
    found = [
        f"{len(page.all(name))} × {name}"
        for name in ("html", "head", "header", "nav", "main", "footer", "h1")
        if len(page.all(name)) != 1
    ]
    found += [f"<{one.name}>" for one in page.elements if one.name in {"script", "iframe", "img"}]
    if page.all("html")[0].attributes.get("lang") != "vi":
        found.append("no lang=vi")
    ids = [one.attributes["id"] for one in page.elements if "id" in one.attributes]
    if len(set(ids)) != len(ids):
        found.append("an id twice")
    levels = [int(one.name[1]) for one in page.elements if one.name in {"h1", "h2", "h3"}]
    found += [
        f"h{after} behind h{before}" for before, after in pairwise(levels) if after > before + 1
    ]
    return found


def _naming(page: Page) -> list[str]:
    labelled = {one.attributes.get("for") for one in page.all("label")}
    found = [
        f"{one.name} without a label"
        for one in page.elements
        if one.name in {"input", "select", "textarea"} and one.attributes.get("id") not in labelled
    ]
    found += ["th without scope" for one in page.all("th") if "scope" not in one.attributes]
    found += ["a table without a caption"] * (len(page.all("table")) - len(page.all("caption")))
    found += [
        f"{one.name} has a style or a handler of its own"
        for one in page.elements
        if any(name == "style" or name.startswith("on") for name in one.attributes)
    ]
    return found
