"""The nation fetches files by links that each push makes anew; what it does not is a finding."""

import logging
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from starlette.testclient import TestClient

from app.access.tokens import new_key_pem
from app.dossiers.sync import linking
from app.exchange.outcomes import Deferred
from app.main import create_app
from app.platform.clock import FrozenClock
from app.platform.settings import Settings
from tests.acting import done, staged
from tests.builders import evidence_of, seed_catalogue
from tests.dossiers.test_sync import Nation, national_of, turn
from tests.gateway import Api, Gateway
from tests.uploads import BASE, a_file, a_paper, fetch, upload, uploaded

PUBLIC = "https://lgsp.example.vn"


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"public_url": PUBLIC, "token_seconds": 86_400})


def paths(nation: Nation) -> list[str]:
    """Return the addresses that the last record named, without our own."""
    record, _ = nation.told[-1]
    rounds = [paper for one in record.supplement_rounds for paper in one.papers]
    urls = [paper.url for paper in (*record.papers, *rounds)]
    urls += [paper.url for paper in record.result_papers]
    return [url.removeprefix(PUBLIC) for url in urls]


def findings(api: Api, code: str, name: str) -> list[str]:
    shown = api.get(f"/v1/dossiers/{code}").json()["findings"]
    return [one["pointer"] for one in shown if one["name"] == name]


def with_files(api: Api) -> tuple[str, list[str]]:
    """Return a dossier that names a file at each place where it can, and the ids of these."""
    ids = [uploaded(api, a_file(n, 1000))["id"] for n in range(4)]
    code = staged(api, "supplements", attachments=[a_paper(ids[0])])
    done(api, code, "papers", papers=[a_paper(ids[1])])
    done(api, code, "supplements")
    done(api, code, "supplements/{number}/receipt", papers=[a_paper(ids[2])])
    result = {"name": "Giấy xác nhận", "file_id": ids[3], "result_code": "KQ.H38.000001"}
    done(api, code, "completion", results=[result])
    return code, ids


def test_a_pushed_record_names_each_file_by_a_link_that_opens_it(
    gateway: Gateway, province: Api
) -> None:
    nation = Nation()
    _, ids = with_files(province)
    turn(gateway, nation)
    named = paths(nation)
    assert [one.partition("?")[0] for one in named] == [f"/files/{one}" for one in ids]
    contents = [fetch(gateway, one).content for one in named]
    assert contents == [a_file(n, 1000) for n in range(4)]
    record, _ = nation.told[-1]
    assert (record.has_digitised_component, record.result_papers[0].result_code) == (
        "1", "KQ.H38.000001",
    )  # fmt: skip


def test_each_push_makes_links_anew_and_each_ends(gateway: Gateway, province: Api) -> None:
    nation = Nation(Deferred("http-503"))
    staged(province, "acceptance", attachments=[a_paper(uploaded(province)["id"])])
    turn(gateway, nation)
    (first,) = paths(nation)
    gateway.clock.advance(timedelta(hours=1))
    turn(gateway, nation)
    (second,) = paths(nation)
    assert first != second
    gateway.clock.advance(timedelta(hours=71))
    assert [fetch(gateway, one).status_code for one in (first, second)] == [410, 200]


def test_what_the_nation_fetched_is_known_and_what_it_did_not_is_a_finding(
    gateway: Gateway, province: Api
) -> None:
    nation = Nation()
    code, ids = with_files(province)
    assert findings(province, code, "file-not-fetched") == []
    gateway.clock.advance(timedelta(days=2))
    province = gateway.client("H38")
    assert findings(province, code, "file-not-fetched") == [], "nobody was told of them yet"
    turn(gateway, nation)
    for path in paths(nation)[:2]:
        assert fetch(gateway, path).status_code == 200
    assert findings(province, code, "file-not-fetched") == [], "there is still time"
    gateway.clock.advance(timedelta(hours=24))
    province = gateway.client("H38")
    missing = ["/handling/results/0", "/handling/supplements/0/receipt/papers/0"]
    assert findings(province, code, "file-not-fetched") == missing
    file = province.get(f"/v1/files/{ids[0]}").json()
    assert (file["offered_at"], file["fetched_at"]) == ("2026-11-04T09:00:00+07:00",) * 2
    (_, entry) = evidence_of(gateway, f"file:{ids[0]}")
    assert (entry.act, entry.client_id, entry.digest) == (
        "file.fetch", "link:portal", file["sha256"],
    )  # fmt: skip
    for path in paths(nation)[2:]:
        fetch(gateway, path)
    assert findings(province, code, "file-not-fetched") == []


def test_half_a_file_is_not_fetched_and_its_last_part_is(gateway: Gateway, province: Api) -> None:
    nation = Nation()
    file = uploaded(province, a_file(0, 1000))["id"]
    staged(province, "acceptance", attachments=[a_paper(file)])
    turn(gateway, nation)
    (path,) = paths(nation)
    fetch(gateway, path, Range="bytes=0-499")
    assert province.get(f"/v1/files/{file}").json()["fetched_at"] is None
    fetch(gateway, path, Range="bytes=500-")
    assert province.get(f"/v1/files/{file}").json()["fetched_at"] is not None


def test_a_local_public_address_is_a_finding_at_once(
    settings: Settings, clock: FrozenClock
) -> None:
    local = settings.model_copy(update={"public_url": BASE})
    with TestClient(create_app(local, clock=clock)) as http:
        gateway = Gateway(http, local, clock)
        seed_catalogue(gateway)
        api = gateway.client("H38")
        code = staged(api, "acceptance", attachments=[a_paper(uploaded(api)["id"])])
        assert findings(api, code, "file-out-of-reach") == ["/attachments/0"]


def test_nothing_is_expected_of_the_nation_if_so_set(
    settings: Settings, clock: FrozenClock
) -> None:
    chosen = settings.model_copy(update={"file_fetch_hours": 0})
    with TestClient(create_app(chosen, clock=clock)) as http:
        gateway = Gateway(http, chosen, clock)
        seed_catalogue(gateway)
        api = gateway.client("H38")
        code = staged(api, "acceptance", attachments=[a_paper(uploaded(api)["id"])])
        turn(gateway, Nation())
        clock.advance(timedelta(days=30))
        assert findings(gateway.client("H38"), code, "file-not-fetched") == []


def test_without_a_key_a_dossier_with_files_waits(gateway: Gateway, province: Api) -> None:
    code = staged(province, "acceptance", attachments=[a_paper(uploaded(province)["id"])])
    turn(gateway, Nation(), has_key=False)
    held = national_of(province, code)
    assert held["state"] == "deferred"
    assert "LGSP_SIGNING_KEY_FILE" in held["reason"]


@pytest.fixture
def renewed(settings: Settings, clock: FrozenClock, tmp_path: Path) -> Iterator[Gateway]:
    """A gateway whose key came after the one of `gateway`, which it still knows."""
    file = tmp_path / "new.pem"
    file.write_bytes(new_key_pem())
    keys = {"signing_key_file": file, "previous_signing_key_file": settings.signing_key_file}
    chosen = settings.model_copy(update=keys)
    with TestClient(create_app(chosen, clock=clock)) as http:
        yield Gateway(http, chosen, clock)


def test_links_outlive_the_renewal_of_the_key(
    gateway: Gateway, province: Api, renewed: Gateway
) -> None:
    file = uploaded(province)["id"]
    made = {one: linking(one.settings, one.clock) for one in (gateway, renewed)}
    old, new = (link(file).removeprefix(PUBLIC) for link in made.values() if link)
    assert [fetch(renewed, one).status_code for one in (old, new)] == [200, 200]
    assert [fetch(gateway, one).status_code for one in (old, new)] == [200, 403]


def test_no_log_line_has_a_signature_or_a_name(
    gateway: Gateway,
    province: Api,
    capfd: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
) -> None:
    caplog.set_level(logging.DEBUG)
    name = "cccd-nguyen-thi-gia-dinh.pdf"
    file = upload(province, a_file(0, 1000), name).json()["id"]
    link = province.get(f"/v1/files/{file}").json()["url"].removeprefix(PUBLIC)
    fetch(gateway, link)
    fetch(gateway, link[:-2])
    ours = [one.getMessage() for one in caplog.records if not one.name.startswith("http")]
    told = "".join([*capfd.readouterr(), *ours])
    assert "/files/{id}" in told
    assert link.partition("signature=")[2][:20] not in told
    assert name not in told
