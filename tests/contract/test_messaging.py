"""SMS and Zalo: what we write, what the stand-in answers, and what it refuses."""

import asyncio
import json
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Any, Final

import httpx
import pytest
import xmlschema
from lxml import etree
from pydantic import SecretStr
from starlette.testclient import TestClient
from starlette.types import Message, Receive, Scope, Send

from app.exchange.messaging.letters import Letter
from app.exchange.messaging.official_account import filled
from app.exchange.messaging.sms import SmsAccount, SmsClient
from app.exchange.messaging.zalo_wire import TemplateData, TemplateMessage
from app.exchange.outcomes import Delivered
from app.platform.settings import Settings
from mock_ngsp.front import Nation
from mock_ngsp.messages import inbox, service
from mock_ngsp.universe import Universe
from tests.contract import corrupted
from tests.contract.judges import OPENAPI, faults_of_json

_SMS: Final = "messages_sms.yaml#/components/schemas"
_ZALO: Final = "messages_zalo.yaml#/components/schemas"
_BODY: Final = "{http://schemas.xmlsoap.org/soap/envelope/}Body"
_WIRES: Final = {
    "dong_thap": (service.CITIZEN, "Citizen"),
    "vnpt": (service.BRAND, "Brand"),
    "province": (service.ADAPTER, "Adapter"),
}
LETTER: Final = Letter(
    message_id="0193a5c0-7e1e-7000-8000-000000000003",
    to="84000000001",
    title="Tien do ho so",
    text="Ho so H38.12-261102-0007: Duoc tiep nhan.",
    dossier="H38.12-261102-0007",
    agency="H38.12",
)


@dataclass
class Listener:
    """The stand-in, with what it was sent and what it answered last."""

    universe: Universe = field(default_factory=Universe)
    sent: bytes = b""
    answered: bytes = b""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async def hear() -> Message:
            message = await receive()
            self.sent += message.get("body", b"")
            return message

        async def say(message: Message) -> None:
            self.answered += message.get("body", b"")
            await send(message)

        await Nation(self.universe)(scope, hear, say)


def spoken(shape: str, address: str) -> Listener:
    """Send the letter by a shape and return what was said."""
    has_bearer = shape in {"dong_thap", "province"}
    secret = inbox.BEARER if has_bearer else inbox.PASSWORD
    account = SmsAccount("LGSP", inbox.USER, SecretStr(secret), "agent", "contract", "template")
    listener = Listener()

    async def run() -> None:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(listener)) as http:
            client = SmsClient(
                http,
                url=f"http://nation.test{address}",
                shape=shape,
                account=account,
                deadline=timedelta(seconds=5),
            )
            assert await client.send(LETTER) == Delivered()

    asyncio.run(run())
    return listener


def posted(address: str, content: Any) -> tuple[Universe, Any]:
    universe = Universe()
    http = TestClient(Nation(universe), base_url="http://nation.test")
    headers = {"Authorization": f"Bearer {inbox.BEARER}"}
    return universe, http.post(address, json=content, headers=headers).json()


@pytest.mark.parametrize("shape", _WIRES)
def test_both_sides_of_an_sms_are_what_is_described(shape: str) -> None:
    address, name = _WIRES[shape]
    listener = spoken(shape, address)
    written = json.loads(listener.sent)
    assert faults_of_json(f"{_SMS}/{name}Request", written) == []
    assert faults_of_json(f"{_SMS}/{name}Answer", json.loads(listener.answered)) == []


@pytest.mark.parametrize("shape", _WIRES)
def test_the_stand_in_refuses_every_sms_that_is_not_as_described(shape: str) -> None:
    address, name = _WIRES[shape]
    written = json.loads(spoken(shape, address).sent)
    mutants = list(corrupted.of_json(written, []))
    wrong = [one for one in mutants if faults_of_json(f"{_SMS}/{name}Request", one.content)]
    assert len([one for one in wrong if one.fault.startswith("misspelt")]) >= len(written)
    for mutant in wrong:
        universe, answer = posted(address, mutant.content)
        assert universe.inbox.arrived == [], mutant.fault
        assert faults_of_json(f"{_SMS}/{name}Answer", answer) == []


def _inner(content: bytes) -> etree._Element:
    body = etree.fromstring(content).find(_BODY)
    assert body is not None
    return body[0]


def test_both_sides_of_the_bulk_wire_fit_its_schema() -> None:
    schema = xmlschema.XMLSchema10(str(OPENAPI / "messages_bulk_sms.xsd"))
    listener = spoken("viettel", service.BULK)
    for content in (listener.sent, listener.answered):
        inner = _inner(content)
        assert list(schema.iter_errors(inner)) == []
    spoilt = _inner(listener.sent)
    for child in list(spoilt):
        name, child.tag = child.tag, f"{child.tag}x"
        assert list(schema.iter_errors(spoilt)) != [], name
        child.tag = name


def _template() -> Any:
    data = TemplateData(
        holder="Nguyễn Thị Giả Định",
        code="H38.12-261102-0007",
        status="Được tiếp nhận",
        procedure="Thủ tục mẫu",
        words="Hồ sơ đã được tiếp nhận.",
        link="https://lgsp.example.vn/tra-cuu",
    )
    message = TemplateMessage(phone="84000000001", template_id="1", data=data, tracking_id="t")
    return json.loads(message.model_dump_json())


def _zalo(universe: Universe) -> tuple[TestClient, dict[str, str]]:
    http = TestClient(Nation(universe), base_url="http://nation.test")
    pair = universe.inbox.renew(universe.inbox.refresh, universe.clock.now())
    assert pair is not None
    return http, {"access_token": pair[0]}


def test_a_zns_message_and_its_answers_are_what_is_described() -> None:
    http, headers = _zalo(Universe())
    written = _template()
    assert faults_of_json(f"{_ZALO}/TemplateRequest", written) == []
    for given in (headers, {"access_token": "bad"}):
        answer = http.post(service.TEMPLATE, json=written, headers=given).json()
        assert faults_of_json(f"{_ZALO}/TemplateAnswer", answer) == []
        assert (answer["error"] == 0) is (given is headers)


def test_the_stand_in_refuses_every_zns_message_that_is_not_as_described() -> None:
    universe = Universe()
    http, headers = _zalo(universe)
    mutants = list(corrupted.of_json(_template(), []))
    wrong = [one for one in mutants if faults_of_json(f"{_ZALO}/TemplateRequest", one.content)]
    assert len(wrong) > 20
    for mutant in wrong:
        answer = http.post(service.TEMPLATE, json=mutant.content, headers=headers).json()
        assert answer["error"] != 0, mutant.fault
    assert universe.inbox.arrived == []


def _told() -> Any:
    return filled(Settings().zalo_oa_body, replace(LETTER, to="9999000000000000001"))


def test_a_message_of_the_account_and_its_answers_are_what_is_described() -> None:
    http, headers = _zalo(Universe())
    written = _told()
    assert faults_of_json(f"{_ZALO}/OaRequest", written) == []
    users = {one.value for one in inbox.MAGIC if one.field == "user_id"}
    answers = [
        http.post(service.OFFICIAL, json=written, headers={"access_token": "bad"}).json(),
        http.post(service.OFFICIAL, json=written | {"message": {}}, headers=headers).json(),
    ]
    for user in sorted(users)[:3]:
        body = written | {"recipient": {"user_id": user}}
        answers.append(http.post(service.OFFICIAL, json=body, headers=headers).json())
    assert [faults_of_json(f"{_ZALO}/OaAnswer", one) for one in answers] == [[]] * 5
    assert [one["error"] for one in answers] == [-216, -201, 0, -213, -201]


def test_the_stand_in_refuses_every_message_of_the_account_that_is_not_as_described() -> None:
    universe = Universe()
    http, headers = _zalo(universe)
    mutants = list(corrupted.of_json(_told(), []))
    wrong = [one for one in mutants if faults_of_json(f"{_ZALO}/OaRequest", one.content)]
    assert len([one for one in wrong if one.fault.startswith("misspelt")]) == 4
    for mutant in wrong:
        answer = http.post(service.OFFICIAL, json=mutant.content, headers=headers).json()
        assert answer["error"] != 0, mutant.fault
    assert universe.inbox.arrived == []


def test_tokens_are_what_is_described_and_good_for_one_use() -> None:
    http = TestClient(Nation(Universe()), base_url="http://nation.test")
    form = {"refresh_token": inbox.FIRST_REFRESH, "app_id": "1", "grant_type": "refresh_token"}
    headers = {"secret_key": inbox.ZALO_SECRET}
    pair = http.post(service.TOKEN, data=form, headers=headers).json()
    again = http.post(service.TOKEN, data=form, headers=headers).json()
    assert faults_of_json(f"{_ZALO}/TokenRequest", form) == []
    assert faults_of_json(f"{_ZALO}/TokenAnswer", pair) == []
    assert faults_of_json(f"{_ZALO}/TokenRefusal", again) == []
