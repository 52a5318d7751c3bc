"""Signatures of packets and inside PDFs, with an authority that does not exist."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from signxml.algorithms import SignatureMethod

from app.exchange.signatures.findings import PacketState, Seal, SealState, Signatory
from app.exchange.signatures.packets import check_packet
from app.exchange.signatures.pdfs import check_pdf
from app.exchange.signatures.roots import TrustRootsError
from app.exchange.signatures.trust import Trust
from tests.documents.packets import MESSAGES, SAMPLE
from tests.notary import a_pdf, misplaced, notary, signed_packet

NOW = datetime(2026, 11, 2, 2, 0, tzinfo=UTC)
MARKS = ("CCCD:", "CMND:")


@pytest.fixture(scope="module")
def trust(tmp_path_factory: pytest.TempPathFactory) -> Trust:
    return Trust.read(notary().roots(tmp_path_factory.mktemp("roots")))


@pytest.fixture(scope="module")
def signed() -> bytes:
    return signed_packet(SAMPLE, notary().organisation)


def test_a_packet_without_a_signature_has_none(trust: Trust) -> None:
    assert check_packet(SAMPLE, trust, NOW) is PacketState.ABSENT
    empty = (MESSAGES / "edoc_variant_b.edxml").read_bytes()
    assert check_packet(empty, trust, NOW) is PacketState.ABSENT


def test_a_placeholder_is_unverifiable(trust: Trust) -> None:
    sample = (MESSAGES / "edoc_variant_a.edxml").read_bytes()
    assert check_packet(sample, trust, NOW) is PacketState.UNVERIFIABLE


def test_a_good_signature_is_valid(trust: Trust, signed: bytes) -> None:
    assert check_packet(signed, trust, NOW) is PacketState.VALID


def test_sha1_is_read(trust: Trust) -> None:
    old = signed_packet(SAMPLE, notary().organisation, SignatureMethod.RSA_SHA1)
    assert b"rsa-sha1" in old
    assert check_packet(old, trust, NOW) is PacketState.VALID


def test_a_changed_packet_is_invalid(trust: Trust, signed: bytes) -> None:
    changed = signed.replace(b"<edXML:CodeNumber>42<", b"<edXML:CodeNumber>43<")
    assert changed != signed
    assert check_packet(changed, trust, NOW) is PacketState.INVALID


def test_a_packet_that_passed_another_node_is_unverifiable(trust: Trust, signed: bytes) -> None:
    end = signed.index(b"</edXML:TraceHeader>") + len(b"</edXML:TraceHeader>")
    hop = b"<edXML:TraceHeader><edXML:OrganId>000.00.00.G22</edXML:OrganId></edXML:TraceHeader>"
    relayed = signed[:end] + hop + signed[end:]
    assert check_packet(relayed, trust, NOW) is PacketState.UNVERIFIABLE


def test_a_signature_in_the_packets_own_namespace_is_judged_by_a_copy(
    trust: Trust, signed: bytes
) -> None:
    trapped = misplaced(signed)
    assert check_packet(trapped, trust, NOW) is PacketState.VALID
    changed = trapped.replace(b"<edXML:CodeNumber>42<", b"<edXML:CodeNumber>43<")
    assert check_packet(changed, trust, NOW) is PacketState.UNVERIFIABLE


def test_an_unknown_authority_or_none_is_unverifiable(trust: Trust, signed: bytes) -> None:
    unknown = signed_packet(SAMPLE, notary().unknown)
    assert check_packet(unknown, trust, NOW) is PacketState.UNVERIFIABLE
    assert check_packet(signed, Trust([]), NOW) is PacketState.UNVERIFIABLE


def test_a_certificate_that_has_run_out_is_unverifiable(trust: Trust, signed: bytes) -> None:
    later = NOW + timedelta(days=3650)
    assert check_packet(signed, trust, later) is PacketState.UNVERIFIABLE


def test_a_signature_of_a_part_is_unverifiable(trust: Trust, signed: bytes) -> None:
    part = signed.replace(b'Reference URI=""', b'Reference URI="#x"')
    assert part != signed
    assert check_packet(part, trust, NOW) is PacketState.UNVERIFIABLE


@pytest.mark.parametrize("raw", [b"", b"<a", b"<!DOCTYPE a><a/>", b"\x00\xff"])
def test_what_is_no_packet_is_unverifiable(trust: Trust, raw: bytes) -> None:
    assert check_packet(raw, trust, NOW) is PacketState.UNVERIFIABLE


def seals(raw: bytes, trust: Trust, now: datetime = NOW) -> list[tuple[str, str | None]]:
    found: list[Seal] = list(check_pdf(raw, trust, now, MARKS))
    return [(one.state.value, one.signatory and one.signatory.value) for one in found]


def test_a_pdf_tells_organisation_and_person_apart(trust: Trust) -> None:
    both = a_pdf(notary().person, notary().organisation)
    assert seals(both, trust) == [("valid", "person"), ("valid", "organisation")]
    seal = check_pdf(both, trust, NOW, MARKS)[0]
    assert seal.signer == "Phạm Thị Giả Định"
    assert seal.signed_at is not None
    assert seal.signed_at.tzinfo is not None


def test_a_pdf_without_signatures_and_what_is_no_pdf_have_none(trust: Trust) -> None:
    for raw in (a_pdf(), b"%PDF-1.4\nmade up\n%%EOF\n", b"", b"PK\x03\x04"):
        assert seals(raw, trust) == []


def test_a_changed_pdf_is_invalid(trust: Trust) -> None:
    raw = a_pdf(notary().organisation)
    changed = raw.replace(b"10 10 l", b"90 90 l")
    assert changed != raw
    assert seals(changed, trust) == [("invalid", "organisation")]


def test_a_pdf_of_an_unknown_authority_is_unverifiable(trust: Trust) -> None:
    assert seals(a_pdf(notary().unknown), trust) == [("unverifiable", "organisation")]
    assert seals(a_pdf(notary().person), Trust([])) == [("unverifiable", "person")]


def test_a_finding_passes_between_processes_unchanged() -> None:
    seal = Seal(SealState.VALID, Signatory.PERSON, "Tên", NOW, "ab" * 32)
    assert Seal.of_facts(seal.as_facts()) == seal


def test_a_file_without_roots_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "roots.pem"
    file.write_text("nothing", encoding="utf-8")
    for path in (file, tmp_path / "none.pem"):
        with pytest.raises(TrustRootsError):
            Trust.read(path)
