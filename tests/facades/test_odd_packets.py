"""Packets that do not fit their description, or just fit the limit, over the axis's wire."""

import pytest
from starlette.testclient import TestClient

from app.main import create_app
from tests.documents.packets import a_packet
from tests.facades.systems import DocumentSystem, Systems
from tests.gateway import Gateway

SENDER = "000.00.12.H38"


@pytest.fixture
def sender(systems: Systems) -> DocumentSystem:
    return systems.connect(SENDER, member="H38.12")


def test_optional_elements_that_do_not_fit_are_passed_over(sender: DocumentSystem) -> None:
    sender.sent(a_packet("H38.61", DueDate="1900/01/01", PageAmount="03 trang", Priority="Khẩn"))
    assert [row["toCode"] for row in sender.sent_list()] == ["H38.61"]


def test_a_recipient_whose_code_is_none_is_not_passed_over(sender: DocumentSystem) -> None:
    answer = sender.send(a_packet("H38.61", "vxp.saas.03"))
    assert (answer["ErrorCode"], answer["ErrorDesc"].endswith("/To[2]/OrganId")) == ("1023", True)
    assert sender.sent_list() == []


@pytest.mark.parametrize(("room", "code"), [(0, "0"), (-1, "1042")])
def test_a_packet_at_the_limit_is_taken_though_a_line_end_follows_it(
    knowing: Gateway, sender: DocumentSystem, room: int, code: str
) -> None:
    packet = a_packet("H38.61")
    most = len(packet) + room
    small = knowing.settings.model_copy(update={"max_document_bytes": most})
    with TestClient(create_app(small, clock=knowing.clock)) as http:
        assert DocumentSystem(http, SENDER, sender.secret).send(packet)["ErrorCode"] == code
