"""Party offices, people's councils, the Front and its unions, enterprises: one axis, many codes."""

from datetime import UTC, datetime

import httpx
import pytest
from pydantic import SecretStr

from app.codes import AgencyCode, DocumentId
from app.exchange.outcomes import Delivered
from app.exchange.vxp.calls import Fetching
from app.exchange.vxp.client import MessageType, VxpClient
from app.exchange.vxp.edxml.limits import Limits
from app.exchange.vxp.edxml.packet import (
    DocumentReference,
    Organisation,
    Packet,
    StatusCode,
    StatusPacket,
)
from app.exchange.vxp.edxml.reader import read
from app.exchange.vxp.edxml.writer import write_status
from app.platform.settings import Settings
from app.platform.spools import Spool
from mock_ngsp.front import Nation
from mock_ngsp.systems import System
from tests.documents.axis import Connected
from tests.documents.packets import a_packet, history, sent, standing
from tests.gateway import Api, Gateway

SYSTEMS = {
    "000.00.00.K53": "K53",
    "000.00.01.A53": "A53.01",
    "000.00.01.M38": "M38.01",
    "0002-0000000001": "0000000001",
}
"""How the axis writes each, and how we know it."""


class Office:
    """A system of another kind of member, with a client of its own on the axis."""

    def __init__(self, home: Connected, code: str) -> None:
        self.code, self._home = code, home
        home.universe.systems.put(System(code, "secret-of-" + code, code))
        http = httpx.AsyncClient(transport=httpx.ASGITransport(Nation(home.universe)))
        secret = SecretStr("secret-of-" + code)
        self._client = VxpClient(http, "http://axis.test", code, secret, home.gateway.clock)

    def send(self, packet: bytes, to: str, kind: MessageType = "edoc") -> None:
        async def act() -> object:
            return await self._client.send_edoc(
                packet, sender=self.code, message_type=kind, recipients=[to]
            )

        assert isinstance(self._home.run(act), Delivered)

    def fetch(self) -> Packet:
        async def act() -> bytes:
            (item,) = await self._client.list_received("edoc")
            found = await self._client.fetch(item.doc_id, Spool(), Fetching(2**20, at_most=2**20))
            return found.data

        packet = read(self._home.run(act), limits=Limits())
        assert isinstance(packet, Packet)
        return packet

    def tell(self, packet: Packet, code: StatusCode) -> None:
        reference = DocumentReference(packet.sender.code, packet.document_id)
        at = datetime(2026, 11, 2, 3, tzinfo=UTC)
        status = StatusPacket(Organisation(AgencyCode(self.code)), reference, code, at)
        self.send(write_status(status), str(packet.sender.code), "status")


@pytest.mark.parametrize("code", SYSTEMS)
def test_they_receive_and_answer_under_their_own_codes(
    home: Connected, sender: Api, code: str
) -> None:
    office = Office(home, code)
    document = sent(sender, a_packet(code))
    assert document["recipients"][0]["member"] == SYSTEMS[code]
    home.relay()
    packet = office.fetch()
    assert packet.recipients[0].code == code
    office.tell(packet, StatusCode.RECEIVED)
    assert home.receive() == 1
    assert standing(sender, document["id"]) == {code: "03"}


@pytest.mark.parametrize("code", SYSTEMS)
def test_they_send_to_us_and_are_told(home: Connected, sender: Api, code: str) -> None:
    office = Office(home, code)
    text = a_packet("000.00.12.H38", DocumentId=DocumentId("ma-" + code)).decode()
    packet = text.replace("<edXML:OrganId>000.00.12.H38<", f"<edXML:OrganId>{code}<", 1)
    office.send(packet.encode(), "000.00.12.H38")
    assert home.receive() == 1
    (item,) = sender.get("/v1/documents/inbox").json()["items"]
    assert (item["from"]["code"], item["from"]["member"]) == (code, SYSTEMS[code])
    assert home.relay() == 1
    (told,) = [one for one in home.universe.deliveries.about(f"ma-{code}") if one.to == code]
    assert told.package.status_code == "01"


class TestConnectedToUs:
    """A council and an enterprise that have no system of their own on the axis."""

    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return settings.model_copy(update={"other_members": ("K38", "0000000001")})

    def test_they_exchange_with_our_members_without_the_axis(
        self, knowing: Gateway, sender: Api
    ) -> None:
        document = sent(sender, a_packet("000.00.00.K38", "0002-0000000001"))
        assert [one["route"] for one in document["recipients"]] == ["local", "local"]
        for member in ("K38", "0000000001"):
            (item,) = knowing.client(member).get("/v1/documents/inbox").json()["items"]
            assert item["id"] == document["id"]
        assert len(history(sender, document["id"])) == 2


def test_without_the_setting_they_are_reached_by_the_axis(sender: Api) -> None:
    document = sent(sender, a_packet("000.00.00.K38", "0002-0000000001"))
    assert [one["route"] for one in document["recipients"]] == ["axis", "axis"]
