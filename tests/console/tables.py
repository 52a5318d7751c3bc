"""The tables of a page."""

from tests.public_services.pages import Page


def rows(page: Page) -> list[list[str]]:
    """Return the rows of all tables, each as its texts."""
    cells: list[list[str]] = []
    for one in page.elements:
        if one.name == "tr":
            cells.append([])
        elif one.name in {"th", "td"}:
            cells[-1].append(" ".join(one.text.split()))
    return cells
