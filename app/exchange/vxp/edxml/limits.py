"""How much a packet may cost its reader."""

from dataclasses import dataclass

_MIB = 1 << 20


@dataclass(frozen=True, slots=True)
class Limits:
    """Sizes above which a packet is refused; all are checked before the memory is spent.

    `markup` bounds the elements and the attributes, `unpacked_bytes` all attachments of one
    packet together after unzipping, `ratio` how many times its size one archive may grow.
    """

    packet_bytes: int = 100 * _MIB
    markup: int = 200_000
    attachments: int = 200
    unpacked_bytes: int = 200 * _MIB
    ratio: int = 200
