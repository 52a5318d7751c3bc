"""Every service: its operations and its magic values. A new service adds its module here."""

from collections.abc import Mapping
from typing import Final

from mock_ngsp.ngsp import businesses, civil_status, enterprises, insurance, population
from mock_ngsp.ngsp.asking import Operation
from mock_ngsp.ngsp.magic import Magic, Outcome

OPERATIONS: Final[tuple[Operation, ...]] = (
    *enterprises.OPERATIONS,
    *businesses.OPERATIONS,
    *population.OPERATIONS,
    *civil_status.OPERATIONS,
    *insurance.OPERATIONS,
)
MAGIC: Final[tuple[Magic, ...]] = (
    *enterprises.MAGIC,
    *businesses.MAGIC,
    *population.MAGIC,
    *civil_status.MAGIC,
    *insurance.MAGIC,
)
FORCED: Final[Mapping[tuple[str, str], Outcome]] = {
    (magic.service, magic.value): magic.outcome for magic in MAGIC
}
