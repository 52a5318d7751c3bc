"""`lgsp openapi`: the description of the API."""

from pathlib import Path
from typing import Annotated

import typer
import yaml

from app.main import describe


def openapi(
    output: Annotated[
        Path | None, typer.Option(help="File to write; standard output if none.")
    ] = None,
) -> None:
    """In mô tả OpenAPI. / Print the OpenAPI document in YAML."""
    text = yaml.safe_dump(describe(), allow_unicode=True, sort_keys=False, width=100)
    if output is None:
        typer.echo(text, nl=False)
    else:
        output.write_text(text, encoding="utf-8")
