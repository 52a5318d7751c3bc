"""Every service: its operations and its magic values. A new service adds its module here."""

from collections.abc import Mapping
from typing import Final

from mock_ngsp.ngsp import enterprises
from mock_ngsp.ngsp.asking import Operation
from mock_ngsp.ngsp.magic import Magic, Outcome

OPERATIONS: Final[tuple[Operation, ...]] = (*enterprises.OPERATIONS,)
MAGIC: Final[tuple[Magic, ...]] = (*enterprises.MAGIC,)
FORCED: Final[Mapping[tuple[str, str], Outcome]] = {
    (magic.service, magic.value): magic.outcome for magic in MAGIC
}
