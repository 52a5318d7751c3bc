"""`lgsp verify-package`: is a package for the archive whole, unchanged, and signed by us?"""

import hashlib
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any, Final

import typer
from jose import jws
from jose.exceptions import JOSEError

from app.cli.failing import CommandError
from app.cli.printing import JsonFlag, console, print_json
from app.documents.domain.archive import (
    MANIFEST,
    SIGNATURE,
    STATEMENT_TYPE,
    Listed,
    faults,
    listed_in,
)

_PART: Final = 1024 * 1024
_SMALL: Final = 16 * 1024 * 1024
_OWN_KEYS: Final = "jwks.json"


def verify_package(
    file: Annotated[Path, typer.Argument(help="The package.")],
    keys: Annotated[
        Path | None,
        typer.Option(
            help="Kept copy of /.well-known/jwks.json; without it the package's own key is used, "
            "which shows only that nothing was changed since."
        ),
    ] = None,
    *,
    as_json: JsonFlag = False,
) -> None:
    """Kiểm tra một gói nộp lưu. / Check a package for the archive; 1 if anything is wrong."""
    try:
        with zipfile.ZipFile(file) as package:
            said = check(package, None if keys is None else json.loads(keys.read_bytes()))
    except (zipfile.BadZipFile, ValueError, KeyError, OSError, NotImplementedError) as error:
        raise CommandError(f"{file} is not a package that can be read: {error}") from error
    if as_json:
        print_json(said)
    else:
        for fault in said["faults"]:
            console.print(f"[red]{fault}[/red]")
        console.print(
            f"document {said['document']}: {said['entries']} entries, "
            f"signed by {said['signed_by']} ({said['keys']})"
        )
    if said["faults"]:
        raise typer.Exit(1)


def check(package: zipfile.ZipFile, keys: Any = None) -> dict[str, Any]:
    """Return what a package is and what is wrong with it; nothing if it is good.

    Raises:
        KeyError: if it has no manifest or no signature.
        ValueError: if its manifest is none of ours.
    """
    names = package.namelist()
    raw = _read(package, MANIFEST)
    manifest = json.loads(raw)
    listed = listed_in(manifest)
    if listed is None:
        raise ValueError("its manifest is not ours")
    found = {name: _found(package, name) for name in names if name not in {MANIFEST, SIGNATURE}}
    wrong = [] if len(set(names)) == len(names) else ["an entry is there twice"]
    trusted = json.loads(_read(package, _OWN_KEYS)) if keys is None else keys
    statement = _read(package, SIGNATURE).decode("ascii")
    signed = _signed(statement, trusted)
    expected = {
        "manifest_sha256": hashlib.sha256(raw).hexdigest(),
        "document": manifest.get("document"),
    }
    if signed is None or {name: signed.get(name) for name in expected} != expected:
        wrong.append("the signature is not that of the keys on this manifest")
    return {
        "document": manifest.get("document"),
        "entries": len(listed),
        "signed_by": _key_id(statement),
        "keys": "the package's own" if keys is None else "kept",
        "faults": [*wrong, *faults(listed, found)],
    }


def _read(package: zipfile.ZipFile, name: str) -> bytes:
    with package.open(name) as entry:
        raw = entry.read(_SMALL + 1)
    if len(raw) > _SMALL:
        raise ValueError(f"{name} is too large")
    return raw


def _found(package: zipfile.ZipFile, name: str) -> Listed:
    digest, size = hashlib.sha256(), 0
    try:
        with package.open(name) as entry:
            while part := entry.read(_PART):
                digest.update(part)
                size += len(part)
    except zipfile.BadZipFile:
        return Listed(name, "", -1)
    return Listed(name, digest.hexdigest(), size)


def _signed(statement: str, keys: Any) -> Mapping[str, Any] | None:
    try:
        claims = json.loads(jws.verify(statement, keys, ["ES256"]))
        kind = jws.get_unverified_header(statement).get("typ")
    except (JOSEError, ValueError, TypeError, AttributeError):
        return None
    return claims if kind == STATEMENT_TYPE and isinstance(claims, dict) else None


def _key_id(statement: str) -> str | None:
    try:
        found = jws.get_unverified_header(statement).get("kid")
    except JOSEError:
        return None
    return found if isinstance(found, str) else None
