"""A document of some MiB: taken in pieces, kept once, handed out, relayed and fetched."""

import base64
import hashlib
import io
import zipfile
from datetime import timedelta
from typing import Any

import httpx
import pytest
from sqlalchemy import text

from app.documents.store import holding
from app.platform.storage import deposits
from tests.documents.axis import Connected, carry
from tests.documents.large import LARGE, Stored, a_file, make_full, stored, with_file
from tests.documents.packets import Refusal, a_draft, a_packet, report, send, send_form, sent
from tests.gateway import Api, Gateway

FILE = a_file()
NOTHING = Stored(0, 0, 0, 0)


def last_file(api: Api, document: dict[str, Any]) -> httpx.Response:
    n = len(document["attachments"])
    return api.get(f"/v1/documents/{document['id']}/attachments/{n}")


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def test_a_large_packet_is_given_back_byte_for_byte_and_kept_once(
    knowing: Gateway, sender: Api
) -> None:
    packet = with_file(FILE)
    document = sent(sender, packet)
    again = sender.get(f"/v1/documents/{document['id']}/edxml")
    assert (sha256(again.content), again.headers["etag"]) == (sha256(packet), f'"{sha256(packet)}"')
    file = last_file(sender, document)
    assert (file.content == FILE, file.headers["content-length"]) == (True, str(LARGE))
    assert document["attachments"][-1]["sha256"] == sha256(FILE)
    assert LARGE < stored(knowing).size < LARGE + 20_000


def test_a_large_form_is_written_around_its_files(knowing: Gateway, sender: Api) -> None:
    text = b"van ban thuong, khong co chu ky so\n" * 100_000
    answer = send_form(sender, a_draft(), ("a.pdf", FILE), ("b.txt", text), ("c.txt", b"nho"))
    assert answer.status_code == 201, answer.text
    document = answer.json()
    assert [one["sha256"] for one in document["attachments"]] == [
        sha256(FILE), sha256(text), sha256(b"nho"),
    ]  # fmt: skip
    packet = sender.get(f"/v1/documents/{document['id']}/edxml")
    assert sha256(packet.content) == packet.headers["etag"].strip('"')
    assert base64.b64encode(FILE) in packet.content
    assert len(FILE) + len(text) < stored(knowing).size < len(FILE) + len(text) + 20_000


def in_lines(content: bytes) -> bytes:
    return base64.encodebytes(content).replace(b"\n", b"\r\n")


def with_references(content: bytes) -> bytes:
    return base64.encodebytes(content).replace(b"\n", b"&#13;\n")


@pytest.mark.parametrize("letters", [in_lines, with_references])
def test_letters_that_cannot_be_written_again_are_kept_as_they_came(
    knowing: Gateway, sender: Api, letters: Any
) -> None:
    packet = with_file(FILE, letters(FILE))
    document = sent(sender, packet)
    assert sender.get(f"/v1/documents/{document['id']}/edxml").content == packet
    assert last_file(sender, document).content == FILE
    assert stored(knowing).size > LARGE * 7 // 3


def zipped(content: bytes, method: int) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", method) as archive:
        archive.writestr("mot.pdf", content)
    return packed.getvalue()


def test_a_file_in_a_plain_zip_is_kept_once_and_one_that_is_packed_beside_it(
    knowing: Gateway, sender: Api
) -> None:
    plain, packed = zipped(FILE, zipfile.ZIP_STORED), zipped(FILE, zipfile.ZIP_DEFLATED)
    first = sent(sender, with_file(plain))
    assert last_file(sender, first).content == FILE
    assert stored(knowing).size < LARGE + 20_000
    packet = with_file(packed).replace(b",42/SKTDL", b",43/SKTDL")
    packet = packet.replace(b"CodeNumber>42<", b"CodeNumber>43<")
    second = sent(sender, packet)
    assert last_file(sender, second).content == FILE
    assert sender.get(f"/v1/documents/{second['id']}/edxml").content == packet
    assert stored(knowing).size < 2 * LARGE + 40_000


def test_two_documents_share_a_file(knowing: Gateway, sender: Api) -> None:
    sent(sender, with_file(FILE))
    before = stored(knowing)
    assert send_form(sender, a_draft(), ("a.pdf", FILE)).status_code == 201
    assert stored(knowing).size < before.size + 20_000


def test_a_large_document_travels_over_the_axis_and_arrives_whole(
    home: Connected, away: Connected, sender: Api
) -> None:
    answer = send_form(sender, a_draft(to=["000.00.00.H53"]), ("a.pdf", FILE))
    assert answer.status_code == 201, answer.text
    assert home.relay() == 1
    assert away.receive() == 1
    there = away.gateway.client("H53")
    (line,) = there.get("/v1/documents/inbox").json()["items"]
    assert last_file(there, there.get(f"/v1/documents/{line['id']}").json()).content == FILE
    assert stored(away.gateway).size < LARGE + 20_000


def test_a_refused_document_leaves_nothing(knowing: Gateway, commune: Api) -> None:
    refusal = Refusal.of(send(commune, with_file(FILE)))
    assert (refusal.status, refusal.slug) == (403, "agency-not-yours")
    assert stored(knowing) == NOTHING


def test_a_refused_document_takes_nothing_from_another(
    knowing: Gateway, sender: Api, commune: Api
) -> None:
    document = sent(sender, with_file(FILE))
    before = stored(knowing)
    assert send(commune, with_file(FILE)).status_code == 403
    assert stored(knowing) == before
    assert last_file(sender, document).content == FILE


def test_a_full_database_refuses_cleanly_and_keeps_nothing(knowing: Gateway, sender: Api) -> None:
    make_full(knowing)
    refusal = Refusal.of(send(sender, with_file(FILE)))
    assert (refusal.status, refusal.slug) == (507, "database-full")
    assert stored(knowing) == NOTHING
    assert send(sender, a_packet("000.00.61.H38")).status_code == 201


def test_what_is_damaged_is_never_handed_out_whole(knowing: Gateway, sender: Api) -> None:
    document = sent(sender, with_file(FILE))
    knowing.transact(
        lambda connection: connection.execute(
            text("UPDATE blob_parts SET content = :other WHERE n = 7"), {"other": b"x" * 262_144}
        )
    )
    file = last_file(sender, document)
    assert len(file.content) < LARGE


def sweep(gateway: Gateway) -> None:
    """Take away what is loose now, as the worker does once its time is over."""
    before = gateway.clock.now() + timedelta(seconds=1)
    while gateway.transact(deposits.sweep, gateway.clock, before, [holding.claims]):
        pass


def test_a_content_goes_with_the_last_copy_of_what_came_from_elsewhere(
    home: Connected, away: Connected, sender: Api
) -> None:
    clerk = away.gateway.client("H53.71")
    ids = []
    for number in ("52", "53"):
        packet = a_packet("000.00.71.H53", number=number)
        ids.append(sent(sender, with_file(FILE, of=packet))["id"])
        carry(home, away)
        ids.append(clerk.get("/v1/documents/inbox").json()["items"][0]["id"])
    first, first_there, second, second_there = ids
    for here, there in ((first, first_there), (second, second_there)):
        assert stored(away.gateway).size > LARGE
        home.gateway.clock.advance(timedelta(minutes=2))
        report(sender, here, "13", reason="Gửi nhầm")
        carry(home, away)
        assert report(clerk, there, "15").status_code == 201
        sweep(away.gateway)
        sweep(away.gateway)
        carry(home, away)
    names = clerk.get(f"/v1/documents/{second_there}").json()["attachments"]
    assert names[-1]["sha256"] == sha256(FILE)
    assert stored(away.gateway).size < 20_000
    sweep(home.gateway)
    assert sender.get(f"/v1/documents/{first}/attachments/{len(names)}").content == FILE
