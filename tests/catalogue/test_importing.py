import json
from typing import Any

import pytest
from sqlalchemy import select

from app.catalogue.domain import Counts, Imported, InconsistentCatalogueError
from app.catalogue.schemas import read_catalogue
from app.catalogue.store import seed
from app.catalogue.use_cases import import_catalogue, seed_if_empty
from app.evidence.tables import evidence
from app.platform.bodies import InvalidInputError, NotJsonError, digest_of
from tests.catalogue.conftest import ADMINISTRATOR
from tests.gateway import Gateway

SECTORS = [{"code": "G03-GD10", "name": "Lĩnh vực mẫu"}]
MEMBER = {"code": "H38.99", "name": "Sở Mới", "kind": "state", "parent": "H38"}
PROCEDURE = {"code": "1.900009", "name": "Mẫu", "state": "published", "sectors": SECTORS}


def file_of(*members: dict[str, Any], procedures: list[dict[str, Any]] | None = None) -> bytes:
    return json.dumps({"members": members, "procedures": procedures or []}).encode()


def take(gateway: Gateway, raw: bytes) -> Imported:
    return gateway.transact(import_catalogue, gateway.clock, ADMINISTRATOR, read_catalogue(raw))


def places(raw: bytes) -> list[str]:
    with pytest.raises(InvalidInputError) as refusal:
        read_catalogue(raw)
    return [wrong.pointer for wrong in refusal.value.errors]


@pytest.mark.parametrize("raw", [b"", b"x", b"{", b"\xff\xfe", b'{"members": NaN}'])
def test_what_is_not_json_is_refused(raw: bytes) -> None:
    with pytest.raises((NotJsonError, InvalidInputError)):
        read_catalogue(raw)


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"code": "h38"}, "/members/0/code"),
        ({"code": "H38.12' OR 1=1"}, "/members/0/code"),
        ({"code": 38}, "/members/0/code"),
        ({"qcvn": "H38.99"}, "/members/0/qcvn"),
        ({"name": ""}, "/members/0/name"),
        ({"name": "a\x00b"}, "/members/0/name"),
        ({"name": "a" * 301}, "/members/0/name"),
        ({"kind": "bank"}, "/members/0/kind"),
        ({"parent": ""}, "/members/0/parent"),
        ({"valid_to": "01/07/2025"}, "/members/0/valid_to"),
        ({"valid_to": 20250701}, "/members/0/valid_to"),
        ({"colour": "red"}, "/members/0/colour"),
    ],
)
def test_a_wrong_field_of_a_member_is_named(changes: dict[str, Any], pointer: str) -> None:
    assert places(file_of(MEMBER | changes)) == [pointer]


@pytest.mark.parametrize(
    ("changes", "pointer"),
    [
        ({"code": "1.2"}, "/procedures/0/code"),
        ({"sectors": []}, "/procedures/0/sectors"),
        ({"state": "on"}, "/procedures/0/state"),
        ({"steps": []}, "/procedures/0/steps"),
        ({"levels": [{"level": "3"}]}, "/procedures/0/levels/0/level"),
        (
            {"submission_methods": [{"channel": "online", "time_limits": [{"length": "5"}]}]},
            "/procedures/0/submission_methods/0/time_limits/0/length",
        ),
        (
            {"paper_cases": [{"papers": [{"name": ""}]}]},
            "/procedures/0/paper_cases/0/papers/0/name",
        ),
    ],
)
def test_a_wrong_field_of_a_procedure_is_named(changes: dict[str, Any], pointer: str) -> None:
    assert places(file_of(procedures=[PROCEDURE | changes])) == [pointer]


CONTRADICTIONS: list[tuple[dict[str, Any], str]] = [
    ({"parent": None}, "/members/0/parent"),
    ({"parent": "H97"}, "/members/0/parent"),
    ({"parent": "H53"}, "/members/0/parent"),
    ({"parent": "H38.99"}, "/members/0/parent"),
    ({"qcvn": "000.00.12.H38"}, "/members/0/qcvn"),
    ({"code": "H38.33"}, "/members/0/qcvn"),
    ({"valid_from": "2025-07-01", "valid_to": "2025-07-01"}, "/members/0/valid_to"),
    ({"successor": "H38.12"}, "/members/0/successor"),
    ({"valid_to": "2025-07-01", "successor": "H38.98"}, "/members/0/successor"),
    ({"valid_to": "2025-07-01", "successor": "H38.99"}, "/members/0/successor"),
]


def test_what_contradicts_the_catalogue_is_named_and_nothing_is_taken(seeded: Gateway) -> None:
    for changes, pointer in CONTRADICTIONS:
        raw = file_of(MEMBER | changes, procedures=[PROCEDURE])
        with pytest.raises(InconsistentCatalogueError) as refusal:
            take(seeded, raw)
        assert [wrong.pointer for wrong in refusal.value.errors] == [pointer]
    assert seeded.client().get("/v1/procedures/1.900009").status_code == 404


def test_what_a_file_says_twice_is_named(seeded: Gateway) -> None:
    raw = file_of(MEMBER, MEMBER | {"code": "000.00.99.H38"}, procedures=[PROCEDURE] * 2)
    with pytest.raises(InconsistentCatalogueError) as refusal:
        take(seeded, raw)
    assert [wrong.pointer for wrong in refusal.value.errors] == [
        "/members/0/code", "/members/1/code", "/members/0/qcvn", "/members/1/qcvn",
        "/procedures/0/code", "/procedures/1/code",
    ]  # fmt: skip


def test_new_changed_and_unchanged_entries_are_counted(seeded: Gateway) -> None:
    first = take(seeded, file_of(MEMBER, procedures=[PROCEDURE]))
    assert first == Imported(Counts(1, 0, 0), Counts(1, 0, 0))
    again = take(seeded, file_of(MEMBER, procedures=[PROCEDURE]))
    assert again == Imported(Counts(0, 0, 1), Counts(0, 0, 1))
    raw = file_of(MEMBER | {"name": "Sở Đổi tên"}, procedures=[PROCEDURE | {"conditions": "Có"}])
    assert take(seeded, raw) == Imported(Counts(0, 1, 0), Counts(0, 1, 0))
    shown = seeded.client().get("/v1/members/H38.99").json()
    assert shown["name"] == "Sở Đổi tên"


def test_the_seed_by_the_strict_schemas_says_the_same(seeded: Gateway) -> None:
    strict = read_catalogue(seed.content())
    assert strict == seed.catalogue()
    members, procedures = len(strict.members), len(strict.procedures)
    assert take(seeded, seed.content()) == Imported(Counts(0, 0, members), Counts(0, 0, procedures))


def test_the_seed_is_taken_only_into_an_empty_catalogue(gateway: Gateway) -> None:
    first = gateway.transact(seed_if_empty, gateway.clock, ADMINISTRATOR)
    assert first is not None
    assert first.members.unchanged == 0
    assert gateway.transact(seed_if_empty, gateway.clock, ADMINISTRATOR) is None


def test_an_import_leaves_one_entry_with_the_digest_of_the_file(gateway: Gateway) -> None:
    raw = file_of({"code": "H38", "name": "UBND tỉnh Mẫu", "kind": "state"})
    take(gateway, raw)
    (entry,) = gateway.transact(lambda connection: connection.execute(select(evidence)).all())
    assert entry.subject == "catalogue"
    assert (entry.act, entry.digest, entry.client_id) == (
        "catalogue.import", digest_of(raw), ADMINISTRATOR.client_id,
    )  # fmt: skip


def test_codes_come_in_either_spelling_and_names_are_composed(seeded: Gateway) -> None:
    decomposed = "So\u031b\u0309 Mơ\u0301i"
    entry = {"code": "000.00.99.H38", "name": decomposed, "kind": "state"}
    take(seeded, file_of(entry | {"parent": "000.00.00.H38"}))
    shown = seeded.client().get("/v1/members/H38.99").json()
    assert (shown["qcvn"], shown["parent"], shown["name"]) == ("000.00.99.H38", "H38", "Sở Mới")


def test_two_members_may_exchange_their_old_spellings(seeded: Gateway) -> None:
    pair = [
        {"code": "H38.12", "qcvn": "000.00.13.H38", "name": "Sở A", "kind": "state"},
        {"code": "H38.13", "qcvn": "000.00.12.H38", "name": "Sở B", "kind": "state"},
    ]
    done = take(seeded, file_of(*[entry | {"parent": "H38"} for entry in pair]))
    assert done.members == Counts(0, 2, 0)
    reader = seeded.client()
    assert reader.get("/v1/members/000.00.12.H38").json()["code"] == "H38.13"
    assert reader.get("/v1/members/000.00.13.H38").json()["code"] == "H38.12"


def test_an_explicit_null_says_there_is_no_old_spelling(seeded: Gateway) -> None:
    take(seeded, file_of(MEMBER | {"code": "H38.33", "qcvn": None}))
    assert seeded.client().get("/v1/members/H38.33").json()["qcvn"] is None
    assert seeded.client().get("/v1/members/000.00.33.H38").json()["code"] == "H38.45"
