"""What the header `to` of sendEdoc may say, where it is set otherwise than usual."""

import pytest

from app.platform.settings import Settings
from mock_ngsp.settings import Settings as Axis
from mock_ngsp.universe import Universe
from tests.documents.axis import Connected
from tests.documents.packets import a_packet
from tests.facades.systems import DocumentSystem, Systems
from tests.gateway import Gateway

SENDER = "000.00.12.H38"


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"vxp_to_strangers": "deliver", "vxp_bare_to": "take"})


@pytest.fixture
def sender(systems: Systems) -> DocumentSystem:
    return systems.connect(SENDER, member="H38.12")


def reached(sender: DocumentSystem) -> list[tuple[str, str]]:
    return [(row["toCode"], row["sendStatus"]) for row in sender.sent_list()]


def test_who_is_not_in_the_packet_gets_it(knowing: Gateway, sender: DocumentSystem) -> None:
    home = Connected(knowing, Universe(Axis(to_strangers="deliver")))
    sender.sent(a_packet("H38.61"), to='["H38.13","H53.71"]')
    assert reached(sender) == [("H38.13", "done"), ("H53.71", "processing")]
    assert home.relay() == 1
    arrived = home.universe.deliveries.waiting("000.00.00.H53")
    assert [one.to for one in arrived] == ["H53.71"]


def test_a_bare_code_is_the_only_recipient(sender: DocumentSystem) -> None:
    sender.sent(a_packet("H38.61", "H38.13"), to="000.00.13.H38")
    assert reached(sender) == [("H38.13", "done")]


@pytest.mark.parametrize("to", ["a b", "[]", '["H38.99"]'])
def test_what_is_no_member_of_ours_is_refused(sender: DocumentSystem, to: str) -> None:
    assert sender.send(a_packet("H38.61"), to=to)["status"] == "FAIL"
    assert reached(sender) == []
