"""The XML signature of a packet (edXML, chapter 1.5 of the facts we hold).

Some writers put `Signature` into the packet's own namespace, where no verifier looks; a copy with
the right namespace is judged then, and only its success means anything.
"""

import base64
import binascii
from copy import deepcopy
from datetime import datetime
from typing import Final

from asn1crypto.x509 import Certificate
from cryptography import x509
from lxml import etree
from signxml.algorithms import DigestAlgorithm, SignatureMethod
from signxml.exceptions import InvalidSignature, SignXMLException
from signxml.verifier import SignatureConfiguration, XMLVerifier

from app.exchange.signatures.findings import PacketState
from app.exchange.signatures.trust import Trust

QCVN: Final = "http://www.mic.gov.vn/TBT/QCVN_102_2016"
DSIG: Final = "http://www.w3.org/2000/09/xmldsig#"
_HEADER: Final = f"{{{QCVN}}}edXMLEnvelope/{{{QCVN}}}edXMLHeader"
_HOP: Final = f"{_HEADER}/{{{QCVN}}}TraceHeaderList/{{{QCVN}}}TraceHeader"
_WRITTEN_BY_SENDER: Final = 1
_LONGEST: Final = 100_000
"""Characters of one certificate at most."""


def check_packet(raw: bytes, trust: Trust, moment: datetime) -> PacketState:
    """Return the state of a packet's own signature."""
    root = _tree(raw)
    if root is None:
        return PacketState.UNVERIFIABLE
    signatures = [
        one
        for name in (DSIG, QCVN)
        for one in root.findall(f"{_HEADER}/{{{name}}}Signature")
        if len(one)
    ]
    if not signatures:
        return PacketState.ABSENT
    if len(signatures) > 1:
        return PacketState.UNVERIFIABLE
    is_misplaced = etree.QName(signatures[0]).namespace == QCVN
    judged = _renamed(root, signatures[0]) if is_misplaced else root
    state = _judge(judged, trust, moment)
    is_sure = not is_misplaced and len(root.findall(_HOP)) <= _WRITTEN_BY_SENDER
    if state is PacketState.INVALID and not is_sure:
        return PacketState.UNVERIFIABLE
    return state


def _tree(raw: bytes) -> etree._Element | None:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True
    )
    try:
        root = etree.fromstring(raw, parser)
    except (etree.XMLSyntaxError, ValueError):
        return None
    return None if root.getroottree().docinfo.internalDTD is not None else root


def _renamed(root: etree._Element, signature: etree._Element) -> etree._Element:
    path = root.getroottree().getelementpath(signature)
    copy = deepcopy(root)
    found = copy.find(path)
    if found is not None:
        for element in found.iter(f"{{{QCVN}}}*"):
            element.tag = f"{{{DSIG}}}{etree.QName(element).localname}"
    return copy


def _judge(root: etree._Element, trust: Trust, moment: datetime) -> PacketState:
    certificates = _certificates(root)
    if not certificates or not _covers_everything(root):
        return PacketState.UNVERIFIABLE
    config = SignatureConfiguration(
        location=f"./{_HEADER}/",
        expect_references=True,
        signature_methods=frozenset(
            one for one in SignatureMethod if not one.name.startswith("HMAC")
        ),
        digest_algorithms=frozenset(DigestAlgorithm),
        verification_time=moment,
    )
    signer = x509.load_der_x509_certificate(certificates[0].dump())
    try:
        XMLVerifier().verify(root, x509_cert=signer, expect_config=config)
    except InvalidSignature as error:
        return PacketState.UNVERIFIABLE if "certificate" in str(error) else PacketState.INVALID
    except (SignXMLException, ValueError, KeyError, AttributeError, TypeError):
        # The library stumbles in its own ways over what is no XML signature.
        return PacketState.UNVERIFIABLE
    is_trusted = trust.reaches(certificates[0], certificates[1:], moment)
    return PacketState.VALID if is_trusted else PacketState.UNVERIFIABLE


def _covers_everything(root: etree._Element) -> bool:
    references = root.iterfind(
        f"{_HEADER}/{{{DSIG}}}Signature/{{{DSIG}}}SignedInfo/{{{DSIG}}}Reference"
    )
    return any(one.get("URI") == "" for one in references)


def _certificates(root: etree._Element) -> list[Certificate]:
    found = []
    for element in root.iterfind(f"{_HEADER}/{{{DSIG}}}Signature//{{{DSIG}}}X509Certificate"):
        text = "".join((element.text or "").split())
        try:
            certificate = Certificate.load(base64.b64decode(text[:_LONGEST], validate=True))
            x509.load_der_x509_certificate(certificate.dump())
        except (ValueError, TypeError, binascii.Error):
            return []
        found.append(certificate)
    return found
