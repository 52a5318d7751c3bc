"""Party offices, people's councils, the Front and its unions, enterprises: one axis, many codes."""

from datetime import UTC, datetime
from typing import ClassVar

import httpx
import pytest
from pydantic import SecretStr, ValidationError

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
from tests.documents.axis import Connected, carry
from tests.documents.packets import DOCUMENT_ID, a_packet, history, report, sent, standing
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


class TestWithASystemOfTheirOwn:
    """A council and an enterprise of ours, each with a row of LGSP_VXP_SYSTEMS."""

    ROWS: ClassVar = {"K38": "000.00.00.K38", "0000000001": "0002-0000000001"}

    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        rows = tuple(f"{member}={system}=unread" for member, system in self.ROWS.items())
        return settings.model_copy(update={"vxp_systems": rows})

    @pytest.fixture
    def connected(self, home: Connected) -> Connected:
        for member, system in self.ROWS.items():
            home.universe.systems.put(System(system, "secret-of-" + system, member))
        return home

    @pytest.mark.parametrize("member", ROWS)
    def test_they_send_to_other_provinces_and_hear_of_it(
        self, connected: Connected, away: Connected, member: str
    ) -> None:
        api, code = connected.gateway.client(member), self.ROWS[member]
        packet = a_packet("000.00.71.H53").decode()
        packet = packet.replace("<edXML:OrganId>000.00.12.H38<", f"<edXML:OrganId>{code}<", 1)
        document = sent(api, packet.encode())["id"]
        carry(connected, away)
        (row,) = [
            one for one in connected.universe.deliveries.about(DOCUMENT_ID)
            if one.package.message_type == "edoc"
        ]  # fmt: skip
        assert row.package.system_id == code
        clerk = away.gateway.client("H53.71")
        assert report(clerk, away.inbox(), "03").status_code == 201
        carry(connected, away)
        assert history(api, document) == [("000.00.71.H53", "01"), ("000.00.71.H53", "03")]
        assert connected.gateway.client("H38").get("/v1/documents/inbox").json()["items"] == []

    @pytest.mark.parametrize("member", ROWS)
    def test_they_receive_from_other_provinces_and_answer(
        self, connected: Connected, away: Connected, member: str
    ) -> None:
        code = self.ROWS[member]
        text = a_packet(code, "H38.61", DocumentId="ma-1").decode()
        packet = text.replace("<edXML:OrganId>000.00.12.H38<", "<edXML:OrganId>H53.12<", 1)
        document = sent(away.gateway.client("H53.12"), packet.encode())["id"]
        carry(away, connected)
        for unit in (member, "H38.61"):
            (item,) = connected.gateway.client(unit).get("/v1/documents/inbox").json()["items"]
            assert item["document_id"] == "ma-1"
        found = connected.gateway.client(member).get("/v1/documents/inbox").json()["items"]
        assert report(connected.gateway.client(member), found[0]["id"], "03").status_code == 201
        carry(away, connected)
        assert standing(away.gateway.client("H53.12"), document) == {code: "03", "H38.61": "01"}

    def test_among_us_nothing_goes_over_the_axis(self, connected: Connected, sender: Api) -> None:
        document = sent(sender, a_packet("000.00.00.K38"))
        assert [one["route"] for one in document["recipients"]] == ["local"]
        assert connected.relay() == connected.receive() == 0


@pytest.mark.parametrize("row", ["K38", "K38=x", "K38==file", "K38=x=", "??=x=file"])
def test_a_row_that_is_none_is_refused(row: str) -> None:
    with pytest.raises(ValidationError):
        Settings(vxp_systems=(row,))


def test_without_the_setting_they_are_reached_by_the_axis(sender: Api) -> None:
    document = sent(sender, a_packet("000.00.00.K38", "0002-0000000001"))
    assert [one["route"] for one in document["recipients"]] == ["axis", "axis"]
