"""Both forms of docId: which one is given out is a setting, either is taken."""

import re
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from app.documents.domain.mail import ids_of, short_id
from app.documents.tables import deliveries
from app.platform.settings import Settings
from tests.documents.packets import DOCUMENT_ID, a_packet
from tests.facades.systems import DocumentSystem, Systems, a_status
from tests.gateway import Gateway

SENDER, COMMUNE = "000.00.12.H38", "000.00.61.H38"
HEX = re.compile(r"[0-9a-f]{24}")


@pytest.fixture(params=["uuid", "hex24"])
def form(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def settings(settings: Settings, form: str) -> Settings:
    return settings.model_copy(update={"vxp_doc_id_form": form})


@pytest.fixture
def sender(systems: Systems) -> DocumentSystem:
    return systems.connect(SENDER, member="H38.12")


@pytest.fixture
def commune(systems: Systems) -> DocumentSystem:
    return systems.connect(COMMUNE, member="H38.61")


def kept(gateway: Gateway) -> str:
    """Return our own id of the only delivery of a document."""
    wanted = select(deliveries.c.id).where(deliveries.c.kind == "edoc")
    return gateway.transact(lambda connection: str(connection.execute(wanted).scalar_one()))


def test_every_id_has_the_form_of_the_setting(
    sender: DocumentSystem, commune: DocumentSystem, form: str
) -> None:
    ids = [sender.sent(a_packet("H38.61")), commune.inbox()[0]["docId"]]
    told = a_status("03", by=COMMUNE, to=SENDER, document_id=DOCUMENT_ID)
    ids += [commune.sent(told, from_=COMMUNE), *(one["docId"] for one in sender.inbox("status"))]
    (row,) = sender.sent_list()
    (_, answered) = commune.sent_list("status")
    assert (row["senderDocId"], row["receiverDocId"]) == (ids[0], ids[1])
    assert (answered["senderDocId"], answered["receiverDocId"]) == (ids[2], ids[4])
    assert {bool(HEX.fullmatch(one)) for one in ids} == {form == "hex24"}
    assert len(set(ids)) == 5


def test_either_form_is_taken_back(
    knowing: Gateway, sender: DocumentSystem, commune: DocumentSystem
) -> None:
    packet = a_packet("H38.61")
    document = sender.sent(packet)
    delivery = kept(knowing)
    for doc_id in (delivery, short_id(delivery)):
        assert commune.fetch(doc_id) == packet
        assert len(sender.sent_list(docId=doc_id)) == 1
        assert sender.refused("getEdoc", b"{}", docId=doc_id) == "1030"
        commune.acknowledge(doc_id, "processing")
    commune.acknowledge(short_id(delivery))
    assert commune.inbox() == []
    assert len(sender.sent_list(docId=document)) == 1
    assert sender.sent_list(docId="0" * 24) == []


def test_a_refusal_names_the_first_document_by_the_id_that_was_given_out(
    sender: DocumentSystem,
) -> None:
    first = sender.sent(a_packet("H38.61"))
    body = sender.send(a_packet("H38.61", Subject="Một văn bản khác"))
    assert (body["status"], body["DocId"]) == ("FAIL", "0")
    assert f"ma {first};" in body["ErrorDesc"]


@given(st.uuids(version=4))
def test_an_id_lies_in_the_range_of_its_24_digits(any_id: UUID) -> None:
    number = f"{str(any_id)[:14]}7{str(any_id)[15:]}"
    first, last = ids_of(short_id(number))
    assert first <= number <= last
    assert len(first) == len(last) == len(number)
    assert ids_of(number) == (number, number)
