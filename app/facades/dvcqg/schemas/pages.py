"""Pages for citizens whom the portal's link leads nowhere."""

from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from app.platform.errors import ProblemError


def page_of(problem: ProblemError) -> str:
    """Return a refusal as a page: no scripts, nothing fetched, every value escaped."""
    return _template().render(problem=problem)


@cache
def _template() -> Template:
    loader = PackageLoader("app.facades.dvcqg", "pages")
    environment = Environment(loader=loader, autoescape=True, undefined=StrictUndefined)
    return environment.get_template("broken_link.html")
