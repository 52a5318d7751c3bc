"""What meets at the same moment: confirmations, questions and beginnings of one dossier."""

import asyncio
from collections.abc import Awaitable
from datetime import timedelta
from typing import Any

from app.access.domain import Caller
from app.codes import AgencyCode, DossierCode
from app.payments.domain import OrderState, PaymentUnderWayError, Told
from app.payments.use_cases import Terms, Wanted, patience_of, settle, start
from mock_ngsp.payments.orders import PAID
from tests.acting import staged
from tests.builders import evidence_of
from tests.gateway import Api, Gateway
from tests.payments.platform import Platform, lines, started

TIMES = 12


def together(platform: Platform, *acts: Awaitable[Any]) -> list[Any]:
    async def run() -> list[Any]:
        return list(await asyncio.gather(*acts, return_exceptions=True))

    return platform.run(run)


def test_confirmations_that_meet_are_applied_once(
    gateway: Gateway, province: Api, platform: Platform
) -> None:
    code, begun = started(province)
    context = gateway.context
    told = Told(OrderState.PAID, 20_000, "VND", "GD1", "MOCKBANK")
    terms = Terms.of(context.settings, "0" * 64)
    platform.order(begun["reference"]).state = PAID
    gateway.clock.advance(timedelta(minutes=15))
    answers = together(
        platform,
        *(
            context.database.transact(settle, context.clock, begun["reference"], told, terms)
            for _ in range(TIMES)
        ),
        platform.asker().turn(),
    )
    assert [one for one in answers if isinstance(one, BaseException)] == []
    dossier = province.get(f"/v1/dossiers/{code}").json()
    assert (dossier["handling"]["paid_vnd"], dossier["status"]) == (20_000, "processing")
    acts = [one.act for one in evidence_of(gateway, f"dossier:{code}")]
    assert acts.count("payment.confirm") == 1


def test_of_beginnings_that_meet_one_begins(
    gateway: Gateway, province: Api, platform: Platform
) -> None:
    code = staged(province, "payments")
    context = gateway.context
    caller = Caller("client", AgencyCode("H38"), frozenset(), "")
    wanted = Wanted(DossierCode(code), "203.0.113.7", patience_of(context.settings), "0" * 64)
    answers = together(
        platform,
        *(context.database.transact(start, context.clock, caller, wanted) for _ in range(TIMES)),
    )
    refused = [one for one in answers if isinstance(one, PaymentUnderWayError)]
    assert (len(refused), len(lines(province, code))) == (TIMES - 1, 1)
