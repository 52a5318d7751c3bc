"""What the axis's error codes mean for us: the one table.

The numbers of the real axis are not public. Those of four digits are the ones `openapi/vxp.yaml`
assigns; the words are an older back end's. A code that is not here is deferred and alarms.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Meaning:
    """Why the axis said no; `is_final` if the same request can never succeed."""

    reason: str
    is_final: bool


def _never(reason: str) -> Meaning:
    return Meaning(reason, is_final=True)


def _later(reason: str) -> Meaning:
    """Name a fault of our set-up or of the way: a person mends it, and the message still goes."""
    return Meaning(reason, is_final=False)


MEANINGS = {
    "1001": _later("unsigned"),
    "1002": _later("unknown-system"),
    "1003": _later("wrong-signature"),
    "1004": _later("contradicting-headers"),
    "1010": _never("wrong-sender"),
    "1011": _later("wrong-hash"),
    "1012": _never("unknown-recipient"),
    "1013": _never("bad-recipients"),
    "1020": _never("not-xml"),
    "1021": _never("doctype"),
    "1022": _never("not-edxml"),
    "1023": _never("missing-element"),
    "1024": _never("bad-attachment"),
    "1025": _never("wrong-message-type"),
    "1030": _never("unknown-doc-id"),
    "1031": _never("unknown-status"),
    "1032": _never("bad-parameter"),
    "1040": _later("unknown-operation"),
    "1041": _later("wrong-method"),
    "1042": _never("too-large"),
    "1043": _later("no-space-left"),
    "1050": _never("unit-not-ours"),
    "1051": _never("unknown-unit"),
    "1052": _never("bad-unit"),
    "RecordNotExist": _never("unknown-doc-id"),
    "InvalidCode": _never("unknown-recipient"),
    "InvalidAction": _never("bad-parameter"),
    "InvalidSecurity": _later("wrong-signature"),
}
