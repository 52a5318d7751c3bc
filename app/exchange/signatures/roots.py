"""The file of root certificates that signatures may lead to."""

from collections.abc import Sequence
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding


class TrustRootsError(Exception):
    """The file of trusted roots cannot be read."""

    def __init__(self, path: Path) -> None:
        super().__init__(f"{path} is not a PEM file with certificates")


def read_roots(path: Path | None) -> Sequence[bytes]:
    """Return the certificates of a PEM file in DER; none without a file.

    Raises:
        TrustRootsError: if it holds none.
    """
    if path is None:
        return []
    try:
        found = x509.load_pem_x509_certificates(path.read_bytes())
    except (OSError, ValueError) as error:
        raise TrustRootsError(path) from error
    return [one.public_bytes(Encoding.DER) for one in found]
