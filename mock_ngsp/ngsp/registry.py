"""Every service: its operations and its magic values. A new service adds its module here."""

from collections.abc import Mapping
from typing import Final

from mock_ngsp.ngsp import (
    businesses,
    civil_status,
    enterprises,
    insurance,
    licences,
    population,
    tracking,
    vehicles,
)
from mock_ngsp.ngsp.asking import Operation
from mock_ngsp.ngsp.catalogues import operations as catalogues
from mock_ngsp.ngsp.judicial import operations as judicial
from mock_ngsp.ngsp.land import operations as land
from mock_ngsp.ngsp.magic import Magic, Outcome
from mock_ngsp.ngsp.postal import operations as postal

OPERATIONS: Final[tuple[Operation, ...]] = (
    *enterprises.OPERATIONS,
    *businesses.OPERATIONS,
    *population.OPERATIONS,
    *civil_status.OPERATIONS,
    *insurance.OPERATIONS,
    *postal.OPERATIONS,
    *judicial.OPERATIONS,
    *catalogues.OPERATIONS,
    *tracking.OPERATIONS,
    *licences.OPERATIONS,
    *vehicles.OPERATIONS,
    *land.OPERATIONS,
)
MAGIC: Final[tuple[Magic, ...]] = (
    *enterprises.MAGIC,
    *businesses.MAGIC,
    *population.MAGIC,
    *civil_status.MAGIC,
    *insurance.MAGIC,
    *postal.MAGIC,
    *judicial.MAGIC,
    *catalogues.MAGIC,
    *tracking.MAGIC,
    *licences.MAGIC,
    *vehicles.MAGIC,
    *land.MAGIC,
)
FORCED: Final[Mapping[tuple[str, str], Outcome]] = {
    (magic.service, magic.value): magic.outcome for magic in MAGIC
}
