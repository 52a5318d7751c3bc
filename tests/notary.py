"""An invented authority: certificates of an organisation and a person, signed PDFs and packets."""

from datetime import UTC, datetime, timedelta
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any, Final

from asn1crypto.keys import PrivateKeyInfo
from asn1crypto.x509 import Certificate
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from lxml import etree
from pyhanko.pdf_utils import generic
from pyhanko.pdf_utils.content import RawContent
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.writer import PageObject, PdfFileWriter
from pyhanko.sign import signers
from pyhanko_certvalidator.registry import SimpleCertificateStore
from signxml.algorithms import DigestAlgorithm, SignatureMethod
from signxml.signer import XMLSigner
from typing_extensions import override

QCVN: Final = "http://www.mic.gov.vn/TBT/QCVN_102_2016"
DSIG: Final = "http://www.w3.org/2000/09/xmldsig#"
_HEADER: Final = f"{{{QCVN}}}edXMLEnvelope/{{{QCVN}}}edXMLHeader"
_BEGIN: Final = datetime(2020, 1, 1, tzinfo=UTC)

# Classes of a library that leaves their methods without types.
_generic: Any = generic
_Page: Any = PageObject
_Store: Any = SimpleCertificateStore
_Writer: Any = PdfFileWriter


class Issued:
    """A certificate with its key, under a root or a root itself."""

    def __init__(self, name: str, user_id: str, issuer: "Issued | None" = None) -> None:
        self.key = rsa.generate_private_key(65537, 2048)
        subject = x509.Name(
            [
                x509.NameAttribute(NameOID.COUNTRY_NAME, "VN"),
                x509.NameAttribute(NameOID.COMMON_NAME, name),
                x509.NameAttribute(NameOID.USER_ID, user_id),
            ]
        )
        is_root = issuer is None
        usage = dict.fromkeys(
            ("key_encipherment", "data_encipherment", "key_agreement", "encipher_only",
             "decipher_only"), False,
        )  # fmt: skip
        self.certificate: x509.Certificate = (
            x509.CertificateBuilder()
            .subject_name(subject)
            .issuer_name(subject if issuer is None else issuer.certificate.subject)
            .public_key(self.key.public_key())
            .serial_number(x509.random_serial_number())
            .not_valid_before(_BEGIN)
            .not_valid_after(_BEGIN + timedelta(days=3650))
            .add_extension(x509.BasicConstraints(ca=is_root, path_length=None), critical=True)
            .add_extension(
                x509.KeyUsage(
                    digital_signature=not is_root,
                    content_commitment=not is_root,
                    key_cert_sign=is_root,
                    crl_sign=is_root,
                    **usage,
                ),
                critical=True,
            )
            .sign((issuer or self).key, hashes.SHA256())
        )

    @property
    def pem(self) -> bytes:
        return self.certificate.public_bytes(Encoding.PEM)

    @property
    def key_pem(self) -> bytes:
        return self.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())

    def signer(self) -> signers.SimpleSigner:
        key = self.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
        return signers.SimpleSigner(
            signing_cert=Certificate.load(self.certificate.public_bytes(Encoding.DER)),
            signing_key=PrivateKeyInfo.load(key),
            cert_registry=_Store(),
        )


class Notary:
    """A root, an organisation and a person under it, and an organisation of nobody's."""

    def __init__(self) -> None:
        self.root = Issued("CA bịa ra để thử", "MST:0100000000")
        self.organisation = Issued("Sở Kiểm thử Dữ liệu", "MST:0100000001", self.root)
        self.person = Issued("Phạm Thị Giả Định", "CCCD:000000000001", self.root)
        self.unknown = Issued("Tổ chức lạ", "MST:0100000002", Issued("CA lạ", "MST:0100000003"))

    def roots(self, folder: Path) -> Path:
        """Write the file of trusted roots."""
        file = folder / "roots.pem"
        file.write_bytes(self.root.pem)
        return file


@cache
def notary() -> Notary:
    """Return the one authority of a test process; keys take long to make."""
    return Notary()


def a_pdf(*signed_by: Issued) -> bytes:
    """Return a PDF of one page, signed by each in turn."""
    writer = _Writer()
    content = _generic.StreamObject(stream_data=RawContent(b"0 0 m 10 10 l S").render())
    page = _Page(
        contents=writer.add_object(content),
        media_box=(0, 0, 100, 100),
        resources=_generic.DictionaryObject(),
    )
    writer.insert_page(page)
    made = BytesIO()
    writer.write(made)
    raw = made.getvalue()
    for n, one in enumerate(signed_by):
        out = BytesIO()
        signers.sign_pdf(
            IncrementalPdfFileWriter(BytesIO(raw)),
            signers.PdfSignatureMetadata(field_name=f"Signature{n}", md_algorithm="sha256"),
            signer=one.signer(),
            output=out,
        )
        raw = out.getvalue()
    return raw


def signed_packet(
    packet: bytes, by: Issued, method: SignatureMethod = SignatureMethod.RSA_SHA256
) -> bytes:
    """Return a packet with the signature where edXML has it, over the whole of the rest."""
    root = etree.fromstring(packet)
    header = root.find(_HEADER)
    assert header is not None
    place = etree.SubElement(header, f"{{{DSIG}}}Signature", Id="placeholder")
    signer: Any = _OldSigner if "SHA1" in method.name else XMLSigner
    digest = DigestAlgorithm.SHA1 if "SHA1" in method.name else DigestAlgorithm.SHA256
    made = signer(signature_algorithm=method, digest_algorithm=digest)
    assert place is not None
    return etree.tostring(made.sign(root, key=by.key_pem, cert=by.pem.decode()))


class _OldSigner(XMLSigner):
    """Signs with SHA-1, which old writers still do."""

    @override
    def check_deprecated_methods(self) -> None:
        """Let it pass."""


def misplaced(packet: bytes) -> bytes:
    """Return a signed packet as some writers make it: the signature in the packet's namespace."""
    root = etree.fromstring(packet)
    found = root.find(f"{_HEADER}/{{{DSIG}}}Signature")
    assert found is not None
    for element in found.iter(f"{{{DSIG}}}*"):
        element.tag = f"{{{QCVN}}}{etree.QName(element).localname}"
    return etree.tostring(root)
