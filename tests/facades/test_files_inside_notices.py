"""Files that come inside a promotion notice: held and handed out as files of its dossier."""

import base64
import hashlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from app.platform.clock import FrozenClock
from app.platform.settings import Settings
from app.platform.storage.tables import blob_parts, blobs
from tests.acting import do, done
from tests.builders import evidence_of
from tests.facades.born import CODE, Born, a_notice, born
from tests.facades.test_arrivals import feed
from tests.uploads import a_file, a_paper, fetch, link_of

PDF = base64.b64decode("JVBERi0xLjQKbWF1")


@pytest.fixture
def nation(settings: Settings, clock: FrozenClock, tmp_path: Path) -> Iterator[Born]:
    with born(settings, clock, tmp_path) as made:
        yield made


def shown(nation: Born, path: str = "") -> Any:
    answer = nation.gateway.client().get(f"/v1/dossiers/{CODE}{path}")
    assert answer.status_code == 200, answer.text
    return answer.json()


def test_its_files_are_held_as_uploaded_ones_are(nation: Born) -> None:
    nation.push(a_notice())
    files = [one["file"] for one in shown(nation, "/received")["files"]]
    papers = [(one["name"], one["file_id"], one["url"]) for one in shown(nation)["attachments"]]
    assert papers == [(one["name"], one["id"], "") for one in files]
    link = link_of(nation.gateway.client("H38.12"), files[0]["id"])
    answer = fetch(nation.gateway, link)
    assert (answer.content, answer.headers["content-type"]) == (PDF, "application/pdf")
    came, fetched = evidence_of(nation.gateway, f"file:{files[0]['id']}")
    assert (came.act, came.client_id, came.digest) == (
        "file.receive", "system:dvcqg", files[0]["sha256"],
    )  # fmt: skip
    assert fetched.act == "file.fetch"


def test_its_agency_may_name_a_file_again_in_its_dossier_and_in_no_other(nation: Born) -> None:
    for reference in (CODE, "KM/2026/0001"):
        nation.push(a_notice(MaHoSo=reference))
    agency = nation.gateway.client("H38.12")
    codes = [one["dossier"]["code"] for one in feed(nation.gateway)["items"]]
    paper = a_paper(shown(nation)["attachments"][0]["file_id"])
    answers = {}
    for code in codes:
        done(agency, code, "acceptance")
        answers[code] = do(agency, code, "papers", papers=[paper]).status_code
    assert answers.pop(CODE) == 201
    assert list(answers.values()) == [422]


def test_the_front_gives_a_file_of_a_notice_by_its_link(nation: Born) -> None:
    nation.push(a_notice())
    agency = nation.gateway.client("H38.12")
    link = link_of(agency, shown(nation)["attachments"][0]["file_id"])
    answer = agency.post("/KetNoiMotCuaQuocGia/getfile", json={"DuongDan": link})
    assert base64.b64decode(answer.text, validate=True) == PDF


def test_a_kind_no_upload_may_have_is_held_and_only_handed_out_as_bytes(nation: Born) -> None:
    page = b"<script>alert(1)</script>"
    name = "..\\" + "a" * 300 + ".html"
    paper = {"TenTepDinhKem": name, "Base64": base64.b64encode(page).decode()}
    assert nation.code_of(a_notice(TaiLieuNop=[paper])) == 0
    assert shown(nation)["attachments"][1]["name"] == name
    held = shown(nation, "/received")["files"][1]["file"]
    assert (held["media_type"], len(held["name"]), held["name"][-5:]) == (
        "application/octet-stream", 255, ".html",
    )  # fmt: skip
    answer = fetch(nation.gateway, link_of(nation.gateway.client(), held["id"]))
    assert (answer.content, answer.headers["content-type"]) == (page, "application/octet-stream")
    assert answer.headers["content-disposition"].startswith("attachment; ")
    assert answer.headers["x-content-type-options"] == "nosniff"


def test_the_same_bytes_are_kept_once_and_those_of_a_known_notice_leave_nothing(
    nation: Born,
) -> None:
    large, other = a_file(), a_file(1)
    for reference, data, code in ((CODE, large, 0), ("KM/2026/0001", large, 0), (CODE, other, 1)):
        paper = {"TenTepDinhKem": "a.pdf", "Base64": base64.b64encode(data).decode()}
        assert nation.code_of(a_notice(MaHoSo=reference, TaiLieuNop=[paper, paper])) == code
    assert kept(nation) == {
        hashlib.sha256(large).hexdigest(): 12,
        hashlib.sha256(PDF).hexdigest(): 1,
    }
    file = shown(nation)["attachments"][2]["file_id"]
    link = link_of(nation.gateway.client(), file)
    assert fetch(nation.gateway, link).content == large


def kept(nation: Born) -> dict[str, int]:
    """Return the contents that are kept, and in how many parts each."""
    counted = (
        select(blobs.c.sha256, func.count().label("parts"))
        .join_from(blobs, blob_parts)
        .group_by(blobs.c.sha256)
    )
    return nation.gateway.transact(
        lambda connection: {one.sha256: one.parts for one in connection.execute(counted)}
    )
