"""Random bytes of the system, fetched many at a time.

Asking for sixteen costs as much as asking for thousands, and lets every other thread go first.
"""

import os
from collections import deque
from typing import Final

SIZE: Final = 16
_AT_ONCE: Final = 256

_waiting: Final[deque[bytes]] = deque()
os.register_at_fork(after_in_child=_waiting.clear)


def sixteen() -> bytes:
    """Return sixteen bytes that nobody can foresee and nobody else is given."""
    while True:
        try:
            return _waiting.pop()  # Threads cannot be given the same: this is one step.
        except IndexError:
            fetched = os.urandom(SIZE * _AT_ONCE)
            _waiting.extend(fetched[at : at + SIZE] for at in range(0, len(fetched), SIZE))
