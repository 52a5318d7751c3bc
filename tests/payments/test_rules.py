"""What a payment may become, and how patient we are with it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path

import pytest
from pydantic import SecretStr

from app.codes import DossierCode
from app.exchange.payments.connecting import payments_of
from app.exchange.payments.signing import fits, seal
from app.exchange.transport import build_client
from app.payments.domain import (
    OrderState,
    Patience,
    PaymentOrder,
    SettledOtherwiseError,
    Told,
    WrongAmountError,
    reference_of,
    trading_time,
)
from app.platform.settings import Settings

WAITING, PAID, FAILED = OrderState
NOW = datetime(2026, 11, 3, 2, 5, tzinfo=UTC)
CODE = DossierCode("H38.12-261102-0007")
PATIENCE = Patience(timedelta(minutes=15), timedelta(minutes=15), timedelta(hours=72))
ORDER = PaymentOrder(
    "dvc1", CODE, 20_000, WAITING, NOW, "20261103090500", "203.0.113.7", ask_at=NOW
)
BECOMES: dict[tuple[OrderState, OrderState], OrderState | None] = {
    (WAITING, WAITING): WAITING,
    (WAITING, PAID): PAID,
    (WAITING, FAILED): FAILED,
    (PAID, WAITING): PAID,
    (PAID, PAID): PAID,
    (PAID, FAILED): None,
    (FAILED, WAITING): FAILED,
    (FAILED, PAID): None,
    (FAILED, FAILED): FAILED,
}


@pytest.mark.parametrize(("present", "said"), BECOMES, ids=str)
def test_only_what_waits_becomes_anything_else(present: OrderState, said: OrderState) -> None:
    order, told = replace(ORDER, state=present), Told(said, 20_000, "VND", "GD1", "X")
    becomes = BECOMES[present, said]
    if becomes is None:
        with pytest.raises(SettledOtherwiseError):
            order.settled(told, now=NOW)
        return
    after = order.settled(told, now=NOW)
    assert after.state is becomes
    assert (after is order) == (becomes is present)


@pytest.mark.parametrize("present", OrderState)
@pytest.mark.parametrize(
    ("amount", "currency"), [(19_999, "VND"), (20_001, "VND"), (20_000, "USD")]
)
def test_another_sum_is_never_taken(present: OrderState, amount: int, currency: str) -> None:
    order = replace(ORDER, state=present)
    with pytest.raises(WrongAmountError):
        order.settled(Told(PAID, amount, currency), now=NOW)
    if present is not PAID:
        assert order.settled(Told(FAILED, amount, currency), now=NOW).state is FAILED


def test_what_has_ended_is_not_asked_about_and_forgets_the_address() -> None:
    after = ORDER.settled(Told(PAID, 20_000, "VND"), now=NOW)
    assert (after.ask_at, after.payer_ip, after.settled_at) == (None, "", NOW)


def test_the_waits_double_up_to_six_hours_and_end() -> None:
    order, now, asked = ORDER, NOW, [NOW]
    while (following := (order := order.asked_again(PATIENCE, now=now)).ask_at) is not None:
        asked.append(now := following)
    waits = [(later - earlier).total_seconds() / 60 for earlier, later in pairwise(asked)]
    assert waits[:5] == [30, 60, 120, 240, 360]
    assert set(waits[5:]) == {360}
    assert asked[-1] - NOW >= PATIENCE.give_up_after
    assert asked[-2] - NOW < PATIENCE.give_up_after


@pytest.mark.parametrize(
    ("code", "reference"),
    [
        ("H38.12-261102-0007", "dvcH38122611020007"),
        ("000.00.16.H08-200101-0001", "dvc0000016H082001010001"),
    ],
)
def test_a_reference_has_letters_and_digits_only(code: str, reference: str) -> None:
    time = trading_time(NOW)
    assert time == "20261103090500"
    assert reference_of(DossierCode(code), time) == reference + time


def test_a_signature_is_small_hex_and_of_its_own_secret() -> None:
    secret = SecretStr("khoá bí mật")
    made = seal(["a", "b"], secret)
    assert made == "ac83781f824cab4e25153bf145aad84aa7c3a5324cfeb424c96c5576e9725707"
    assert fits(made, ["a", "b"], secret)
    for given in ("", made.upper(), made[:-1], made + "0", "ký" * 32):
        assert not fits(given, ["a", "b"], secret)
    assert not fits(made, ["a|b"], SecretStr("other"))


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.mark.anyio
@pytest.mark.parametrize("missing", ["payment_url", "payment_partner", "payment_secret_file", ""])
async def test_a_platform_is_connected_when_all_is_set(tmp_path: Path, missing: str) -> None:
    file = tmp_path / "secret"
    file.write_text("bi-mat", encoding="utf-8")
    given = {
        "payment_url": "http://127.0.0.1:1/x",
        "payment_partner": "DVC-H38",
        "payment_secret_file": file,
        "payment_bearer_file": file,
    }
    chosen = Settings.model_validate(
        {name: value for name, value in given.items() if name != missing}
    )
    async with build_client(timeout=timedelta(seconds=1)) as http:
        client = payments_of(chosen, http)
    assert (client is None) == bool(missing)
    assert client is None or client.partner == "DVC-H38"
