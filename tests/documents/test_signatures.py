"""Signatures of documents: looked at soon after intake, and for other systems on request."""

import asyncio
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from app.access.domain import Scope
from app.documents.use_cases.looking import Looker
from app.exchange.signatures.examiner import Examiner, Material
from app.exchange.signatures.findings import PacketState, SealState
from app.platform.settings import Settings
from tests.builders import evidence_of
from tests.documents.packets import SAMPLE, Refusal, a_draft, a_packet, send_form, sent
from tests.gateway import START, Api, Gateway
from tests.notary import a_pdf, notary, signed_packet

CHECK = "/v1/documents/signature-check"
PDF = {"Content-Type": "application/pdf"}
XML = {"Content-Type": "application/xml"}


@pytest.fixture
def settings(database_url: str, signing_key_file: Path, tmp_path: Path) -> Settings:
    return Settings(
        database_url=database_url,
        signing_key_file=signing_key_file,
        client_cache_seconds=0,
        signature_trust_roots_file=notary().roots(tmp_path),
        signature_max_bytes=200_000,
    )


def looked(gateway: Gateway) -> int:
    """Let a worker look at what is due; return at how many documents."""

    async def turn() -> int:
        context = gateway.context
        examiner = Examiner(context.settings)
        looker = Looker(examiner, context.database, context.clock, context.settings, "w-1")
        done = await looker.turn()
        await looker.release()
        return done

    assert gateway.http.portal is not None
    return gateway.http.portal.call(turn)


def drafted(api: Api, *files: tuple[str, bytes]) -> str:
    answer = send_form(api, a_draft(to=["H38.61"]), *files)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def found(api: Api, document: str) -> dict[str, Any]:
    said = api.get(f"/v1/documents/{document}/signatures").json()["found"]
    assert said is not None
    return dict(said)


def test_a_document_signed_by_both_is_worth_as_much_as_paper(
    knowing: Gateway, sender: Api, commune: Api
) -> None:
    both = a_pdf(notary().person, notary().organisation)
    document = drafted(sender, ("van-ban.pdf", both), ("phu-luc.txt", b"khong ky"))
    before = sender.get(f"/v1/documents/{document}").json()
    assert (before["legal_value"], before["packet_signature"]) == (None, None)
    assert looked(knowing) == 1
    after = commune.get(f"/v1/documents/{document}").json()
    assert (after["legal_value"], after["packet_signature"]) == ("full", "absent")
    seals = found(commune, document)["seals"]
    assert [(one["n"], one["state"], one["signatory"]) for one in seals] == [
        (1, "valid", "person"),
        (1, "valid", "organisation"),
    ]
    assert looked(knowing) == 0
    entries = evidence_of(knowing, f"document:{document}")
    assert [entry.act for entry in entries].count("document.examine") == 1


def test_one_signature_or_two_files_are_for_reference_only(knowing: Gateway, sender: Api) -> None:
    document = drafted(
        sender, ("a.pdf", a_pdf(notary().person)), ("b.pdf", a_pdf(notary().organisation))
    )
    looked(knowing)
    said = found(sender, document)
    assert said["legal_value"] == "reference_only"
    assert [one["n"] for one in said["seals"]] == [1, 2]


def test_an_unsigned_document_is_taken_and_for_reference_only(
    knowing: Gateway, sender: Api
) -> None:
    document = sent(sender)["id"]
    looked(knowing)
    said = found(sender, document)
    assert (said["packet_signature"], said["legal_value"], said["seals"]) == (
        "absent",
        "reference_only",
        [],
    )


def test_the_packets_own_signature_is_told(knowing: Gateway, sender: Api) -> None:
    good = sent(sender, signed_packet(a_packet("H38.61"), notary().organisation))["id"]
    signed = signed_packet(a_packet("H38.61", number="43"), notary().organisation)
    bad = sent(sender, signed.replace(b">KT. ", b">TM. "))["id"]
    looked(knowing)
    assert found(sender, good)["packet_signature"] == "valid"
    assert found(sender, bad)["packet_signature"] == "invalid"


def test_what_is_too_large_is_unverifiable(knowing: Gateway, sender: Api) -> None:
    large = a_pdf(notary().person) + b"\n" * 200_000
    document = drafted(sender, ("lon.pdf", large), ("lon.bin", b"\x01" * 200_001))
    looked(knowing)
    said = found(sender, document)
    assert said["packet_signature"] == "unverifiable"
    assert [(one["n"], one["state"]) for one in said["seals"]] == [(1, "unverifiable")]


def test_a_stranger_does_not_see_signatures(sender: Api, stranger: Api) -> None:
    document = sent(sender)["id"]
    answer = stranger.get(f"/v1/documents/{document}/signatures")
    assert Refusal.of(answer).slug == "unknown-document"


def test_a_check_needs_its_scope_its_kind_and_its_size(knowing: Gateway, province: Api) -> None:
    assert knowing.http.post(CHECK, content=b"x", headers=PDF).status_code == 401
    reader = knowing.client("H38", Scope.READ_DOCUMENTS)
    assert Refusal.of(reader.post(CHECK, content=b"x", headers=PDF)).slug == "insufficient-scope"
    kinds = {"Content-Type": "text/plain"}
    answer = province.post(CHECK, content=b"x", headers=kinds)
    assert Refusal.of(answer).slug == "unsupported-media-type"
    answer = province.post(CHECK, content=b"%PDF-" + b"\n" * 200_000, headers=PDF)
    assert Refusal.of(answer).slug == "body-too-large"
    assert Refusal.of(province.post(CHECK, content=b"<a", headers=XML)).status == 400


def test_others_have_a_pdf_and_a_packet_checked(knowing: Gateway, stranger: Api) -> None:
    both = a_pdf(notary().person, notary().organisation)
    pdf = stranger.post(CHECK, content=both, headers=PDF).json()
    assert (pdf["legal_value"], pdf["packet_signature"]) == ("full", "absent")
    assert pdf["checked_at"] == "2026-11-02T09:00:00+07:00"
    packet = signed_packet(SAMPLE, notary().organisation)
    said = stranger.post(CHECK, content=packet, headers=XML).json()
    assert (said["legal_value"], said["packet_signature"]) == ("reference_only", "valid")
    assert looked(knowing) == 0


def test_what_takes_too_long_or_breaks_its_process_is_unverifiable(settings: Settings) -> None:
    raw = a_pdf(notary().person)

    async def look(seconds: float) -> list[SealState]:
        hasty = settings.model_copy(update={"signature_seconds": seconds})
        examiner = Examiner(hasty)
        found = [
            seal.state for _ in range(2) for seal in await examiner.pdf(Material.of(raw), START)
        ]
        await examiner.close()
        return found

    assert asyncio.run(look(0.001)) == [SealState.UNVERIFIABLE] * 2
    assert asyncio.run(look(60)) == [SealState.VALID] * 2


def test_a_look_that_is_given_up_does_not_answer_the_next_one(settings: Settings) -> None:
    raw, pdf = signed_packet(SAMPLE, notary().organisation), a_pdf(notary().person)

    async def look() -> PacketState:
        examiner = Examiner(settings)
        given_up = asyncio.create_task(examiner.pdf(Material.of(pdf), START))
        await asyncio.sleep(0)
        given_up.cancel()
        await asyncio.wait([given_up])
        found = await examiner.packet(Material.of(raw), START + timedelta(seconds=1))
        await examiner.close()
        return found

    assert asyncio.run(look()) is PacketState.VALID
