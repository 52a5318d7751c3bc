"""A document over the size limit."""

import pytest

from app.platform.settings import Settings
from tests.documents.packets import PDF, SAMPLE, Refusal, a_draft, send, send_form
from tests.gateway import Api


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"max_document_bytes": len(SAMPLE)})


def test_a_packet_over_the_limit_is_refused_and_one_at_it_is_taken(sender: Api) -> None:
    refusal = Refusal.of(send(sender, SAMPLE + b"\n"))
    assert (refusal.status, refusal.slug) == (413, "body-too-large")
    assert send(sender).status_code == 201


def test_a_form_over_the_limit_is_refused(sender: Api) -> None:
    answer = send_form(sender, a_draft(), ("a.pdf", PDF * 1000))
    assert Refusal.of(answer).slug == "body-too-large"
    assert sender.get("/v1/documents/outbox").json()["items"] == []
