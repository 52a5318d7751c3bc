"""Our ErrorCode for each refusal on the axis's wire: the one table, as `openapi/vxp.yaml` has it.

The numbers of the real axis are not public. Up to 1059 they mean what they mean at the mock
nation; from 1060 on they are the gateway's own.
"""

from collections.abc import Mapping
from typing import Final

OTHER: Final = "1099"
"""A refusal that has no number of its own; its text says what it is."""

CODES: Final[Mapping[str, str]] = {
    "vxp-unsigned": "1001",
    "vxp-unknown-system": "1002",
    "vxp-wrong-signature": "1003",
    "vxp-wrong-sender": "1010",
    "agency-not-yours": "1010",
    "vxp-wrong-hash": "1011",
    "unknown-member": "1012",
    "vxp-bad-recipients": "1013",
    "edxml-not-xml": "1020",
    "edxml-text-before-declaration": "1020",
    "edxml-doctype": "1021",
    "edxml-unbound-prefix": "1022",
    "edxml-flat-envelope": "1022",
    "edxml-older-version": "1022",
    "edxml-unknown-root": "1022",
    "edxml-missing-element": "1023",
    "edxml-repeated-element": "1023",
    "edxml-wrong-agency-code": "1023",
    "edxml-wrong-document-id": "1023",
    "edxml-wrong-date": "1023",
    "edxml-wrong-number": "1023",
    "edxml-unknown-value": "1023",
    "edxml-unknown-status": "1023",
    "edxml-undecodable-attachment": "1024",
    "edxml-empty-attachment": "1024",
    "edxml-missing-attachment": "1024",
    "edxml-repeated-content-id": "1024",
    "edxml-zip-bomb": "1024",
    "edxml-too-many-attachments": "1024",
    "edxml-attachment-too-large": "1024",
    "vxp-wrong-message-type": "1025",
    "unknown-delivery": "1030",
    "vxp-unknown-state": "1031",
    "vxp-bad-parameter": "1032",
    "not-found": "1040",
    "method-not-allowed": "1041",
    "body-too-large": "1042",
    "edxml-packet-too-large": "1042",
    "unit-not-yours": "1050",
    "member-not-found": "1051",
    "not-json": "1052",
    "invalid-input": "1052",
    "inconsistent-catalogue": "1052",
    "closed-member": "1060",
    "upcoming-member": "1061",
    "duplicate-document": "1062",
    "unknown-document": "1063",
    "forbidden-status": "1064",
    "status-not-yours": "1065",
    "reason-needed": "1066",
    "wrong-recipient": "1067",
    "recipient-needed": "1067",
    "content-gone": "1068",
    "database-unavailable": "1090",
    "internal-error": "1091",
}
