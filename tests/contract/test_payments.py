"""Messages of the payment platform: their signatures, what we write, what the stand-in answers."""

import hashlib
import json
from dataclasses import replace
from typing import Any

import pytest
from pydantic import SecretStr
from starlette.testclient import TestClient

from app.exchange.payments.signing import fits, seal
from app.exchange.payments.wire import Confirmation, Init, Query, QueryAnswer
from app.payments.domain import OrderState, PaymentOrder
from app.payments.sync import init_of
from app.platform.settings import Settings
from mock_ngsp.front import Nation
from mock_ngsp.payments import signing
from mock_ngsp.payments.orders import DEFAULT_PARTNER
from mock_ngsp.payments.orders import Partner as MockPartner
from mock_ngsp.payments.service import ADDRESS
from mock_ngsp.payments.telling import CONFIRM, told_of
from mock_ngsp.universe import Universe
from tests.builders import RECEIVED, a_handling, a_held_dossier
from tests.contract import corrupted
from tests.contract.judges import Message, description, faults_of_json, golden, message

_SCHEMAS = "payments.yaml#/components/schemas"
_VECTOR = message("payments_sign_vector.json").json()
_SECRET = SecretStr(_VECTOR["secret"])
_SIGNED = [
    entry
    for entry in golden()
    if entry.name.startswith("payments_") and "vector" not in entry.name
    if "MaXacThuc" in entry.json()
]
_REQUESTS = ["init", "query", "get_bill"]


def _order_of(entry: Message) -> list[str]:
    schema = entry.judged_by.rpartition("/")[2]
    return list(description("payments.yaml")["components"]["schemas"][schema]["x-signed"])


def _asked(name: str) -> dict[str, Any]:
    found: dict[str, Any] = message(f"payments_{name}_request.json").json()
    return found


def _nation() -> tuple[Universe, TestClient]:
    universe = Universe()
    universe.payments.put_partner(MockPartner("DVC-H38", _VECTOR["secret"]))
    return universe, TestClient(Nation(universe), base_url="http://nation.test")


def _signed(content: dict[str, Any], name: str) -> dict[str, Any]:
    order = _order_of(message(f"payments_{name}_request.json"))
    text = "|".join([*(str(content.get(one, "")) for one in order), _VECTOR["secret"]])
    return content | {"MaXacThuc": hashlib.sha256(text.encode()).hexdigest()}


def test_the_vector_is_what_its_text_gives() -> None:
    digest = hashlib.sha256(_VECTOR["text"].encode()).hexdigest()
    assert digest == _VECTOR["MaXacThuc"] == _asked("query")["MaXacThuc"]
    assert _VECTOR["text"].endswith(f"|{_VECTOR['secret']}")


@pytest.mark.parametrize("entry", _SIGNED, ids=lambda entry: entry.name)
def test_each_message_carries_the_signature_of_its_documented_order(entry: Message) -> None:
    content = entry.json()
    order = _order_of(entry)
    text = "|".join([*(content[name] for name in order), _VECTOR["secret"]])
    assert content["MaXacThuc"] == hashlib.sha256(text.encode()).hexdigest()
    values = [content[name] for name in order]
    assert seal(values, _SECRET) == content["MaXacThuc"]
    assert signing.signature(content, tuple(order), _VECTOR["secret"]) == content["MaXacThuc"]


@pytest.mark.parametrize("model", [Init, Query], ids=["init", "query"])
def test_we_sign_what_is_documented_in_its_order(model: type[Init | Query]) -> None:
    name = "init" if model is Init else "query"
    sent = _asked(name)
    read = model.model_validate(sent, by_name=False, by_alias=True)
    assert list(read.signed()) == [
        sent[one] for one in _order_of(message(f"payments_{name}_request.json"))
    ]
    assert json.loads(read.model_dump_json()) == sent


def test_we_read_what_the_platform_says() -> None:
    told = Confirmation.model_validate(message("payments_confirm_request.json").json())
    assert fits(told.seal, told.signed(), _SECRET)
    answer = QueryAnswer.model_validate(message("payments_query_answer.json").json())
    assert fits(answer.seal, answer.signed(), _SECRET)
    assert (answer.state, answer.amount) == ("1", "20000")


def _written() -> dict[str, Any]:
    dossier = replace(a_held_dossier(), handling=a_handling())
    order = PaymentOrder(
        "dvcH381", dossier.code, 30_000, OrderState.WAITING, RECEIVED, "20261102084000", "::1"
    )
    asked = init_of(dossier, order, Settings(), partner="DVC-H38")
    sealed = asked.model_copy(update={"seal": seal(asked.signed(), _SECRET)})
    return dict(json.loads(sealed.model_dump_json()))


def test_what_begins_a_payment_is_what_the_platform_describes() -> None:
    written = _written()
    assert faults_of_json(f"{_SCHEMAS}/InitRequest", written) == []
    _, http = _nation()
    assert http.post(ADDRESS, json=written).json()["error_code"] == "0"


def test_a_misspelt_alias_would_be_seen() -> None:
    mutants = [one for one in corrupted.of_json(_written(), []) if one.fault.startswith("misspelt")]
    assert len(mutants) > 40
    passed = [
        one.fault for one in mutants if not faults_of_json(f"{_SCHEMAS}/InitRequest", one.content)
    ]
    assert passed == []


def test_every_answer_of_the_stand_in_is_what_is_described() -> None:
    universe, http = _nation()
    begun = http.post(ADDRESS, json=_asked("init")).json()
    assert faults_of_json(f"{_SCHEMAS}/InitResponse", begun) == []
    assert faults_of_json(f"{_SCHEMAS}/InitMessage", json.loads(begun["message"])) == []
    for _ in range(2):
        told = http.post(ADDRESS, json=_asked("query")).json()
        assert faults_of_json(f"{_SCHEMAS}/QueryResponse", told) == []
        universe.payments.clear()
    refused = http.post(ADDRESS, json=_asked("get_bill")).json()
    assert faults_of_json(f"{_SCHEMAS}/Refusal", refused) == []


def test_a_confirmation_of_the_stand_in_is_what_is_described() -> None:
    universe, http = _nation()
    http.post(ADDRESS, json=_asked("init"))
    (order,) = universe.payments.all()
    told = told_of(order, CONFIRM, "1", universe.clock.now())
    told["MaXacThuc"] = signing.signature(told, signing.TELLING, DEFAULT_PARTNER.secret)
    assert faults_of_json(f"{_SCHEMAS}/ConfirmRequest", told) == []


@pytest.mark.parametrize("name", _REQUESTS)
def test_the_stand_in_refuses_every_mutant_even_if_it_is_signed(name: str) -> None:
    sent, taken = _asked(name), []
    mutants = [one for one in corrupted.of_json(sent, []) if isinstance(one.content, dict)]
    for mutant in mutants:
        _, http = _nation()
        content: dict[str, Any] = mutant.content
        if content.get("MaXacThuc") == sent["MaXacThuc"]:
            content = _signed(content, name)
        said = http.post(ADDRESS, json=content).json()
        if said.get("error_code", said.get("MaLoi")) in {"0", "00"}:
            taken.append(mutant.fault)
    assert len(mutants) > 5
    assert taken == []


@pytest.mark.parametrize("name", _REQUESTS)
def test_the_stand_in_refuses_a_changed_value_under_the_old_signature(name: str) -> None:
    sent = _asked(name)
    changed = {"SoTien": "20001", "ThoiGianGD": "2" * 14, "MaThamChieu": "dvc9", "Ip": "::1"}
    for place, value in changed.items():
        if place in sent:
            _, http = _nation()
            said = http.post(ADDRESS, json=sent | {place: value}).json()
            assert said.get("error_code", said.get("MaLoi")) in {"97", "30"}, place
