"""Originals that were sent before the sender was connected to us."""

import pytest

from app.platform.settings import Settings
from tests.documents.packets import a_packet, a_revocation, related, send, sent
from tests.gateway import Api


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"unknown_originals": "accept"})


def test_they_may_be_revoked_where_that_is_allowed(sender: Api) -> None:
    answer = send(sender, a_revocation("H38.61"))
    assert answer.status_code == 201
    assert related(sender, answer.json()["id"]) == [("revokes", None)]


def test_of_one_that_is_here_only_its_recipients_are_asked(sender: Api) -> None:
    sent(sender, a_packet("H38.61"))
    assert send(sender, a_revocation("H38.62")).status_code == 422
