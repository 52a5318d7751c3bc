"""Secrets that stand in files which settings name."""

from pathlib import Path

from pydantic import SecretStr


class SecretFileError(Exception):
    """A file that a setting names cannot be read, or is empty."""

    def __init__(self, setting: str, path: Path) -> None:
        super().__init__(f"{setting}: cannot read a secret from {path}")


def read_secret(setting: str, path: Path) -> SecretStr:
    """Return the text of a secret file without the white space around it.

    Raises:
        SecretFileError: if the file cannot be read or holds nothing.
    """
    try:
        text = path.read_text(encoding="utf-8").strip()
    except (OSError, UnicodeDecodeError) as error:
        raise SecretFileError(setting, path) from error
    if not text:
        raise SecretFileError(setting, path)
    return SecretStr(text)
