"""A gateway whose catalogue knows the procedures that random histories are of."""

import pytest

from app.catalogue.domain import FullProcedure, ProcedureState
from app.catalogue.store import procedures
from app.codes import ProcedureCode
from tests.gateway import Gateway
from tests.statistics.stories import PROCEDURES


@pytest.fixture
def counting(gateway: Gateway) -> Gateway:
    known = [
        FullProcedure(
            ProcedureCode(one.code), "Thủ tục mẫu", one.sector, "Lĩnh vực mẫu", None,
            ProcedureState.PUBLISHED, record=one.record,
        )
        for one in PROCEDURES
        if one.is_known
    ]  # fmt: skip
    gateway.transact(procedures.replace, known)
    return gateway
