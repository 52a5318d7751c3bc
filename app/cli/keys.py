"""`lgsp key`: a new signing key."""

import os
from pathlib import Path
from typing import Annotated

import typer

from app.access.tokens import new_key_pem
from app.cli.failing import CommandError


def key(
    file: Annotated[Path, typer.Argument(help="Where to write the new key; must not exist.")],
) -> None:
    """Tạo khoá ký mã truy cập. / Make an ES256 signing key, readable by its owner only."""
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise CommandError(f"cannot write {file}: {error.strerror}") from error
    with os.fdopen(handle, "wb") as output:
        output.write(new_key_pem())
    typer.echo(str(file))
