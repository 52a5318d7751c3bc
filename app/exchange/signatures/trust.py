"""Whether a certificate leads to a root we trust, and whose it is."""

import asyncio
import hashlib
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from asn1crypto.x509 import Certificate
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.errors import PathBuildingError, PathValidationError

from app.exchange.signatures.findings import Signatory
from app.exchange.signatures.roots import read_roots

_PERSONAL = ("given_name", "surname")
_NUMBERED = ("user_id", "serial_number")


class Trust:
    """The roots that we trust; without any, no signature is more than unverifiable."""

    def __init__(self, roots: Sequence[Certificate]) -> None:
        self._roots = list(roots)

    @classmethod
    def read(cls, path: Path | None) -> "Trust":
        """Read a PEM file of roots.

        Raises:
            TrustRootsError: if it holds none.
        """
        return cls([Certificate.load(der) for der in read_roots(path)])

    def context(self, moment: datetime) -> ValidationContext:
        """Return what pyhanko validates by: these roots, this moment, and no network."""
        return ValidationContext(
            trust_roots=self._roots,
            moment=moment,
            allow_fetching=False,
            revocation_mode="soft-fail",
        )

    def reaches(
        self, certificate: Certificate, others: Iterable[Certificate], moment: datetime
    ) -> bool:
        """Tell whether a certificate leads to one of the roots and is in force."""
        validator = CertificateValidator(
            certificate, intermediate_certs=others, validation_context=self.context(moment)
        )
        try:
            asyncio.run(validator.async_validate_path())
        except (PathBuildingError, PathValidationError):
            return False
        return True


def signatory_of(certificate: Certificate, person_marks: Sequence[str]) -> Signatory:
    """Tell whose certificate it is.

    A person's has a given name or surname, or a number that begins with one of `person_marks`
    (CCCD, CMND, …); any other is an organisation's. No public text fixes this.
    """
    subject = certificate.subject.native
    if any(subject.get(name) for name in _PERSONAL):
        return Signatory.PERSON
    numbers = [text for name in _NUMBERED for text in _texts(subject.get(name))]
    is_person = any(text.upper().startswith(tuple(person_marks)) for text in numbers)
    return Signatory.PERSON if person_marks and is_person else Signatory.ORGANISATION


def name_of(certificate: Certificate) -> str | None:
    """Return the common name of whom it was issued to."""
    found = _texts(certificate.subject.native.get("common_name"))
    return found[0][:300] if found else None


def digest_of(certificate: Certificate) -> str:
    """Return the SHA-256 of a certificate, in hex."""
    return hashlib.sha256(certificate.dump()).hexdigest()


def _texts(value: Any) -> list[str]:
    if isinstance(value, list):
        return [one for one in value if isinstance(one, str)]
    return [value] if isinstance(value, str) else []
