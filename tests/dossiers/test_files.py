"""Files that are held here: uploaded once, named by a dossier, opened by links for a time."""

import hashlib
from collections.abc import Iterator
from datetime import timedelta

import httpx
import pytest
from sqlalchemy import func, select
from starlette.testclient import TestClient

from app.access.domain import Scope
from app.connecting import Links
from app.dossiers.tables import files as rows
from app.main import create_app
from app.platform.clock import FrozenClock
from app.platform.settings import Settings
from app.worker import Worker
from tests.acting import done, staged
from tests.builders import a_dossier, evidence_of, seed_catalogue
from tests.documents.large import make_full, stored
from tests.gateway import Api, Gateway
from tests.uploads import PDF, a_file, a_paper, fetch, link_of, upload, uploaded

UNKNOWN = "0193a5c0-7e1e-7000-8000-000000000001"


def slug(answer: httpx.Response) -> tuple[int, str]:
    return answer.status_code, answer.json()["type"].removeprefix("/problems/")


def tidy(gateway: Gateway) -> None:
    """Have a worker tidy up."""
    context = gateway.context
    worker = Worker(
        gateway.settings,
        clock=gateway.clock,
        database=context.database,
        links=Links({}),
        worker_id="worker",
    )
    assert gateway.http.portal is not None
    gateway.http.portal.call(worker.tidy)


def test_an_upload_takes_a_token_and_the_scope(gateway: Gateway) -> None:
    nobody = gateway.http.post("/v1/files", files=[("file", ("a.pdf", PDF))])
    assert slug(nobody) == (401, "invalid-token")
    submitter = gateway.client("H38", Scope.SUBMIT_DOSSIERS)
    assert slug(upload(submitter)) == (403, "insufficient-scope")


@pytest.mark.parametrize(
    ("part", "expected"),
    [
        (("tep", ("a.pdf", PDF)), (422, "invalid-input")),
        (("file", ("a.pdf", b"")), (422, "invalid-input")),
        (("file", ("x" * 256, PDF)), (422, "invalid-input")),
        (("file", (None, PDF)), (422, "invalid-input")),
        (("file", ("trang.html", b"<script>alert(1)</script>")), (415, "file-kind-not-taken")),
        (("file", ("a.pdf", b"MZ" + bytes(100))), (415, "file-kind-not-taken")),
    ],
    ids=["other part", "empty", "long name", "no name", "page", "program"],
)
def test_what_is_no_usable_file_is_refused_and_leaves_nothing(
    gateway: Gateway,
    province: Api,
    part: tuple[str, tuple[str | None, bytes]],
    expected: tuple[int, str],
) -> None:
    assert slug(province.post("/v1/files", files=[part])) == expected
    assert stored(gateway).rows == 0


def test_what_is_no_form_is_refused(province: Api) -> None:
    answer = province.post(
        "/v1/files", content=PDF, headers={"Content-Type": "application/octet-stream"}
    )
    assert slug(answer) == (415, "unsupported-media-type")


def test_a_file_is_what_its_bytes_say(gateway: Gateway, province: Api) -> None:
    file = uploaded(province, b"\x89PNG\r\n\x1a\n" + bytes(10), "thu.pdf")
    assert (file["media_type"], file["name"], file["size"]) == ("image/png", "thu.pdf", 18)
    assert uploaded(province, b"PK\x03\x04" + bytes(9), "to-khai.docx")["media_type"].endswith(
        "wordprocessingml.document"
    )
    assert (file["dossier_code"], file["offered_at"], file["fetched_at"]) == (None, None, None)
    (entry,) = evidence_of(gateway, f"file:{file['id']}")
    assert (entry.act, entry.outcome) == ("file.upload", "done")


def test_a_repeat_has_the_first_answer_however_the_form_was_written(province: Api) -> None:
    first, again = (upload(province, key="mot-khoa") for _ in range(2))
    assert (again.status_code, again.content) == (201, first.content)
    other = upload(province, PDF + b"khac", key="mot-khoa")
    assert slug(other) == (422, "idempotency-key-reused")


def test_one_content_is_kept_once_and_goes_with_its_last_reference(
    gateway: Gateway, province: Api
) -> None:
    data = a_file()
    named, unnamed = uploaded(province, data)["id"], uploaded(province, data, "khac.pdf")["id"]
    alone = uploaded(province, a_file(1))["id"]
    assert stored(gateway).complete == 2
    code = staged(province, "acceptance", attachments=[a_paper(named)])
    gateway.clock.advance(timedelta(hours=25))
    tidy(gateway)
    province = gateway.client("H38")
    assert [province.get(f"/v1/files/{one}").status_code for one in (unnamed, alone)] == [404] * 2
    assert province.get(f"/v1/files/{named}").json()["dossier_code"] == code
    assert (stored(gateway).complete, stored(gateway).size) == (1, len(data))
    assert fetch(gateway, link_of(province, named)).content == data


@pytest.fixture
def narrow(settings: Settings, clock: FrozenClock) -> Iterator[Gateway]:
    """A gateway that takes files of a MiB at most."""
    chosen = settings.model_copy(update={"max_file_bytes": 1024 * 1024})
    with TestClient(create_app(chosen, clock=clock), raise_server_exceptions=False) as http:
        gateway = Gateway(http, chosen, clock)
        seed_catalogue(gateway)
        yield gateway


def test_a_file_over_the_limit_is_refused_and_leaves_nothing(narrow: Gateway) -> None:
    assert slug(upload(narrow.client("H38"), a_file())) == (413, "body-too-large")
    assert stored(narrow).rows == 0
    assert upload(narrow.client("H38"), a_file(size=1024 * 1000)).status_code == 201


def test_a_full_database_refuses_a_file_and_keeps_nothing_of_it(
    gateway: Gateway, province: Api
) -> None:
    make_full(gateway)
    assert slug(upload(province, a_file())) == (507, "database-full")
    assert (stored(gateway).rows, stored(gateway).parts) == (0, 0)
    assert upload(province).status_code == 201


def test_only_whom_a_file_belongs_to_sees_it(
    gateway: Gateway, province: Api, stranger: Api
) -> None:
    file = uploaded(gateway.client("H38.12"))["id"]
    assert slug(gateway.http.get(f"/v1/files/{file}")) == (401, "invalid-token")
    submitter = gateway.client("H38", Scope.SUBMIT_DOSSIERS)
    assert slug(submitter.get(f"/v1/files/{file}")) == (403, "insufficient-scope")
    for api in (stranger, gateway.client("H38.61")):
        assert slug(api.get(f"/v1/files/{file}")) == (404, "unknown-file")
    assert province.get(f"/v1/files/{file}").status_code == 200
    assert slug(province.get(f"/v1/files/{UNKNOWN}")) == (404, "unknown-file")


def test_a_link_opens_the_file_to_whoever_has_it(gateway: Gateway, province: Api) -> None:
    data = a_file()
    file = uploaded(province, data, "đơn; mẫu.pdf")
    answer = fetch(gateway, link_of(province, file["id"]))
    assert hashlib.sha256(answer.content).hexdigest() == file["sha256"]
    assert answer.headers["content-type"] == "application/pdf"
    said = answer.headers["content-disposition"]
    assert said.startswith('attachment; filename="_')
    assert "filename*=UTF-8''%C4%91%C6%A1n%3B%20m%E1%BA%ABu.pdf" in said
    assert answer.headers["cache-control"] == "private, no-store"
    fetched = evidence_of(gateway, f"file:{file['id']}")[-1]
    assert (fetched.act, fetched.client_id) == ("file.fetch", "link:system")
    assert province.get(f"/v1/files/{file['id']}").json()["fetched_at"] is None


@pytest.mark.parametrize(
    ("asked", "start", "end"),
    [("bytes=0-9", 0, 10), ("bytes=300000-", 300_000, None), ("bytes=-7", -7, None)],
)
def test_a_part_of_a_file_can_be_had(
    gateway: Gateway, province: Api, asked: str, start: int, end: int | None
) -> None:
    data = a_file(size=600_000)
    link = link_of(province, uploaded(province, data)["id"])
    answer = fetch(gateway, link, Range=asked)
    assert (answer.status_code, answer.content) == (206, data[start:end])
    assert answer.headers["content-range"].endswith("/600000")
    whole = fetch(gateway, link, Range="bytes=600000-")
    assert (whole.status_code, whole.content) == (200, data)


def test_a_link_that_was_not_made_here_is_refused(gateway: Gateway, province: Api) -> None:
    first, second = (uploaded(province)["id"] for _ in range(2))
    link = link_of(province, first)
    forged = [
        f"/files/{first}",
        f"/files/{first}?for=system&expires=99999999999&signature=",
        link.replace(first, second),
        link.replace("for=system", "for=portal"),
        link.replace("expires=", "expires=9"),
        link[:-1] + ("A" if link[-1] != "A" else "B"),
        f"/files/{UNKNOWN}?for=system&expires=9&signature=đ",
    ]
    assert {slug(fetch(gateway, one)) for one in forged} == {(403, "link-not-valid")}


def test_a_link_ends(gateway: Gateway, province: Api) -> None:
    link = link_of(province, uploaded(province)["id"])
    gateway.clock.advance(timedelta(minutes=14, seconds=59))
    assert fetch(gateway, link).status_code == 200
    gateway.clock.advance(timedelta(seconds=1))
    assert slug(fetch(gateway, link)) == (410, "link-expired")


def test_a_link_to_a_file_that_is_gone_finds_nothing(gateway: Gateway, province: Api) -> None:
    file = uploaded(province)["id"]
    gateway.clock.advance(timedelta(hours=23, minutes=55))
    link = link_of(gateway.client("H38"), file)
    gateway.clock.advance(timedelta(minutes=10))
    tidy(gateway)
    assert slug(fetch(gateway, link)) == (404, "unknown-file")
    assert stored(gateway).rows == 0


def test_an_upload_repeated_after_its_file_went_is_a_new_one(
    gateway: Gateway, province: Api
) -> None:
    first = upload(province, key="mot-khoa").json()["id"]
    gateway.clock.advance(timedelta(hours=25))
    tidy(gateway)
    again = upload(gateway.client("H38"), key="mot-khoa")
    assert (again.status_code, again.json()["id"] == first) == (201, False)


def test_a_paper_names_a_file_of_ones_own_that_no_dossier_has(province: Api, stranger: Api) -> None:
    file = uploaded(province)["id"]
    code = staged(province, "acceptance", attachments=[a_paper(file)])
    shown = province.get(f"/v1/dossiers/{code}").json()["attachments"]
    assert [(one["file_id"], one["url"]) for one in shown] == [(file, "")]
    foreign = uploaded(stranger)["id"]
    for other in (UNKNOWN, foreign, file):
        answer = province.post("/v1/dossiers", json=a_dossier(attachments=[a_paper(other)]))
        assert slug(answer) == (422, "file-not-usable")
        assert answer.json()["errors"][0]["pointer"] == "/attachments/0/file_id"


def test_a_paper_is_at_one_place_only(province: Api) -> None:
    file = uploaded(province)["id"]
    nowhere = {"name": "a.pdf"}
    twice = a_paper(file, url="https://onestop.example.vn/a.pdf")
    for paper in (nowhere, twice):
        answer = province.post("/v1/dossiers", json=a_dossier(attachments=[paper]))
        assert slug(answer) == (422, "invalid-input")
        assert answer.json()["errors"][0]["pointer"] == "/attachments/0"


def test_papers_are_added_to_an_open_dossier_and_results_name_files(
    gateway: Gateway, province: Api
) -> None:
    scan, brought, result = (uploaded(province, PDF + n)["id"] for n in (b"1", b"2", b"3"))
    code = staged(province, "supplements")
    added = done(province, code, "papers", papers=[a_paper(scan)])
    assert [one["file_id"] for one in added["handling"]["papers"]] == [scan]
    done(province, code, "supplements")
    done(province, code, "supplements/{number}/receipt", papers=[a_paper(brought)])
    paper = {"name": "Giấy xác nhận", "file_id": result, "result_code": "KQ.H38.000001"}
    done(province, code, "completion", results=[paper])
    done(province, code, "results", way="electronic")
    ours = gateway.transact(
        lambda connection: connection.scalar(
            select(func.count()).select_from(rows).where(rows.c.dossier == code)
        )
    )
    assert ours == 3
    late = province.post(
        f"/v1/dossiers/{code}/papers",
        json={"actor": {"kind": "counter"}, "papers": [a_paper(uploaded(province)["id"])]},
    )
    assert slug(late) == (409, "act-out-of-turn")


def test_the_parts_of_a_dossier_share_the_bytes_of_its_files(
    gateway: Gateway, province: Api
) -> None:
    data = a_file()
    code = staged(province, "parts", attachments=[a_paper(uploaded(province, data)["id"])])
    part = done(province, code, "parts")["handling"]["parts"][0]["code"]
    (paper,) = province.get(f"/v1/dossiers/{part}").json()["attachments"]
    assert province.get(f"/v1/files/{paper['file_id']}").json()["dossier_code"] == part
    assert stored(gateway).size == len(data)
