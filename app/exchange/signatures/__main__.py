"""The process that looks: a line of JSON and then bytes in, a line of JSON out, until the end.

It may use so much memory and no more, and dies with whoever asks: a file made to harm takes
nothing down but this process.
"""

import json
import resource
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

from app.exchange.signatures.packets import check_packet
from app.exchange.signatures.pdfs import check_pdf
from app.exchange.signatures.trust import Trust


def _answer(said: dict[str, Any], raw: bytes, trust: Trust) -> Any:
    moment = datetime.fromisoformat(said["moment"])
    if said["kind"] == "packet":
        return check_packet(raw, trust, moment).value
    return [seal.as_facts() for seal in check_pdf(raw, trust, moment, said["person_marks"])]


def main(roots: str, memory: int) -> None:
    """Answer until the input ends."""
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    trust = Trust.read(Path(roots) if roots else None)
    while line := sys.stdin.buffer.readline():
        said = json.loads(line)
        raw = sys.stdin.buffer.read(said["size"])
        answer = json.dumps(_answer(said, raw, trust))
        sys.stdout.buffer.write(answer.encode() + b"\n")
        sys.stdout.buffer.flush()


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
