"""Receipts that anybody can check with the published keys."""

import hashlib
import json

from jose import jws

from tests.documents.axis import Connected
from tests.documents.packets import Refusal, a_packet, report, sent
from tests.gateway import Api, Gateway


def stated(gateway: Gateway, api: Api, document: str) -> dict[str, object]:
    """Return what a receipt states, checked with nothing but the published keys."""
    answer = api.get(f"/v1/documents/{document}/receipt")
    assert answer.status_code == 200, answer.text
    said = answer.json()
    keys = gateway.http.get("/.well-known/jwks.json").json()
    claims = json.loads(jws.verify(said["jws"], keys, ["ES256"]))
    assert jws.get_unverified_header(said["jws"])["typ"] == "lgsp-receipt+jwt"
    assert claims["receipt"] == said["receipt"]
    assert claims["iss"] == gateway.settings.issuer
    return dict(claims["receipt"])


def test_a_receipt_states_who_what_and_when(knowing: Gateway, sender: Api, commune: Api) -> None:
    packet = a_packet("H38.61", "H38.62")
    document = sent(sender, packet)
    report(commune, document["id"], "03")
    receipt = stated(knowing, sender, document["id"])
    assert receipt["packet_sha256"] == hashlib.sha256(packet).hexdigest()
    assert receipt["accepted_at"] == "2026-11-02T09:00:00+07:00"
    assert receipt["attachments"] == document["attachments"]
    first = sender.get(f"/v1/documents/{document['id']}/receipt").json()["receipt"]["recipients"][0]
    assert (first["code"], first["status"]) == ("H38.61", "03")
    assert first["arrived_at"] == "2026-11-02T09:00:00+07:00"


def test_a_recipients_receipt_names_itself_only(knowing: Gateway, commune: Api) -> None:
    document = sent(knowing.client("H38.12"), a_packet("H38.61", "H38.62"))["id"]
    recipients = stated(knowing, commune, document)["recipients"]
    assert isinstance(recipients, list)
    assert [one["code"] for one in recipients] == ["H38.61"]


def test_a_receipt_says_when_the_axis_took_the_document(home: Connected) -> None:
    api = home.gateway.client("H38.12")
    document = sent(api, a_packet("G22"))["id"]

    def taken() -> tuple[str, str | None]:
        one = api.get(f"/v1/documents/{document}/receipt").json()["receipt"]["recipients"][0]
        return one["delivery"], one["sent_at"]

    assert taken() == ("queued", None)
    home.relay()
    assert taken() == ("sent", "2026-11-02T09:00:00+07:00")


def test_a_receipt_is_no_access_token(knowing: Gateway, sender: Api, stranger: Api) -> None:
    document = sent(sender, a_packet("H38.61"))["id"]
    signed = sender.get(f"/v1/documents/{document}/receipt").json()["jws"]
    headers = {"Authorization": f"Bearer {signed}"}
    assert knowing.http.get("/v1/documents", headers=headers).status_code == 401
    answer = stranger.get(f"/v1/documents/{document}/receipt")
    assert Refusal.of(answer).slug == "unknown-document"
