from pathlib import Path

import pytest
from pydantic import SecretStr

from app.platform.sealing import (
    Sealer,
    SealingKeyError,
    UnopenableError,
    new_sealing_key,
    sealer_of,
)
from app.platform.settings import Settings

OLD, NEW = b"1" * 32, b"2" * 32
SECRET = SecretStr("bí mật")


def test_a_sealed_secret_opens_for_what_it_was_sealed_for_only() -> None:
    sealed = Sealer(OLD).seal(SECRET, about="system:a")
    assert Sealer(OLD).open(sealed, about="system:a") == SECRET
    assert SECRET.get_secret_value().encode() not in sealed
    with pytest.raises(UnopenableError):
        Sealer(OLD).open(sealed, about="system:b")


def test_after_a_rotation_the_former_key_still_opens() -> None:
    sealed = Sealer(OLD).seal(SECRET, about="x")
    rotated = Sealer(NEW, OLD)
    assert rotated.open(sealed, about="x") == SECRET
    with pytest.raises(UnopenableError):
        Sealer(NEW).open(sealed, about="x")
    with pytest.raises(UnopenableError):
        Sealer(OLD).open(rotated.seal(SECRET, about="x"), about="x")


def test_what_is_damaged_does_not_open() -> None:
    sealed = Sealer(OLD).seal(SECRET, about="x")
    for spoilt in (b"", sealed[:10], sealed[:-1], sealed[:-1] + bytes([sealed[-1] ^ 1])):
        with pytest.raises(UnopenableError):
            Sealer(OLD).open(spoilt, about="x")


def test_the_key_comes_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "key"
    file.write_text(f"{new_sealing_key()}\n")
    sealer = sealer_of(Settings(encryption_key_file=file))
    assert sealer is not None
    assert sealer.open(sealer.seal(SECRET, about="x"), about="x") == SECRET
    assert sealer_of(Settings()) is None
    for text in ("too short", "ü" * 43, "A" * 44):
        file.write_text(text)
        with pytest.raises(SealingKeyError):
            sealer_of(Settings(encryption_key_file=file))
