"""`lgsp key`: a new key."""

import os
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from app.access.tokens import new_key_pem
from app.cli.failing import CommandError
from app.platform.sealing import new_sealing_key


class KeyKind(StrEnum):
    """What a key is for: signing tokens, or keeping secrets that are used again."""

    SIGNING = "signing"
    ENCRYPTION = "encryption"


def key(
    file: Annotated[Path, typer.Argument(help="Where to write the new key; must not exist.")],
    *,
    kind: Annotated[
        KeyKind, typer.Option(help="LGSP_SIGNING_KEY_FILE or LGSP_ENCRYPTION_KEY_FILE.")
    ] = KeyKind.SIGNING,
) -> None:
    """Tạo khoá. / Make an ES256 signing key or an encryption key, readable by its owner only."""
    made = new_key_pem() if kind is KeyKind.SIGNING else f"{new_sealing_key()}\n".encode()
    try:
        handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError as error:
        raise CommandError(f"cannot write {file}: {error.strerror}") from error
    with os.fdopen(handle, "wb") as output:
        output.write(made)
    typer.echo(str(file))
