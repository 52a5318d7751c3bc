"""The signatures inside a PDF: these are what the law looks at (QĐ 28/2018, đ.4)."""

from collections.abc import Sequence
from datetime import datetime
from io import BytesIO
from typing import Final

from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.general import CMSExtractionError
from pyhanko.sign.validation import validate_pdf_signature
from pyhanko.sign.validation.errors import SignatureValidationError
from pyhanko.sign.validation.pdf_embedded import EmbeddedPdfSignature
from pyhanko.sign.validation.settings import KeyUsageConstraints
from pyhanko.sign.validation.status import PdfSignatureStatus, SignatureCoverageLevel

from app.exchange.signatures.findings import Seal, SealState
from app.exchange.signatures.trust import Trust, digest_of, name_of, signatory_of

_MOST: Final = 50
"""Signatures looked at in one file."""

_USAGE: Final = KeyUsageConstraints(
    key_usage={"digital_signature", "non_repudiation"}, match_all_key_usages=False
)


def check_pdf(
    raw: bytes, trust: Trust, moment: datetime, person_marks: Sequence[str]
) -> Sequence[Seal]:
    """Return the signatures of a PDF in their order; none for one that cannot be read."""
    try:
        found = PdfFileReader(BytesIO(raw), strict=False).embedded_regular_signatures[:_MOST]
    except (PdfError, ValueError):
        return []
    return [_seal(one, trust, moment, person_marks) for one in found]


def _seal(
    signature: EmbeddedPdfSignature, trust: Trust, moment: datetime, person_marks: Sequence[str]
) -> Seal:
    try:
        certificate = signature.signer_cert
        status = validate_pdf_signature(signature, trust.context(moment), key_usage_settings=_USAGE)
    except (SignatureValidationError, CMSExtractionError, PdfError, ValueError):
        return Seal(SealState.INVALID)
    return Seal(
        state=_state(status),
        signatory=signatory_of(certificate, person_marks),
        signer=name_of(certificate),
        signed_at=signature.self_reported_timestamp,
        certificate=digest_of(certificate),
    )


def _state(status: PdfSignatureStatus) -> SealState:
    is_whole = status.coverage in {
        SignatureCoverageLevel.ENTIRE_FILE,
        SignatureCoverageLevel.ENTIRE_REVISION,
    }
    if not (status.intact and status.valid and is_whole and status.docmdp_ok):
        return SealState.INVALID
    return SealState.VALID if status.bottom_line else SealState.UNVERIFIABLE
