"""How much a packet may cost its reader."""

from dataclasses import dataclass

_MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """Sizes above which a packet is refused; all are checked before the memory is spent.

    `header_bytes` bounds all but the attachments' base64 and is what is held in memory; `markup`
    bounds the elements and the attributes, `named` the documents and their recipients that one
    packet answers, replaces or updates, as each is looked up, `unpacked_bytes` all attachments of
    one packet together after unzipping, `ratio` how many times its size one archive may grow if it
    unpacks to more than `harmless_bytes`: tables and scans of blank pages shrink a thousandfold.
    """

    packet_bytes: int = 320 * _MIB
    header_bytes: int = 8 * _MIB
    markup: int = 200_000
    named: int = 2_000
    attachments: int = 200
    unpacked_bytes: int = 240 * _MIB
    ratio: int = 200
    harmless_bytes: int = 16 * _MIB

    @classmethod
    def of(cls, packet_bytes: int) -> "Limits":
        """Return the limits of packets of so many bytes; base64 leaves three quarters of them."""
        return cls(packet_bytes=packet_bytes, unpacked_bytes=packet_bytes // 4 * 3)
