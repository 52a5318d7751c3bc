"""Judicial records: applied for once, asked about until they are there, returned to the portal."""

import base64
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, update

from app.dossiers.tables import files
from app.errands.schemas.judicial import RECORD
from app.platform.storage.tables import blob_parts
from mock_ngsp.faults import Fault
from tests.acting import staged
from tests.builders import evidence_of
from tests.errands.post_office import Errands, placed, shown
from tests.gateway import Api, Gateway
from tests.lookups.nation import refusal_of
from tests.uploads import PDF as PDF_FILE
from tests.uploads import a_paper, uploaded

RECORDS, RETURNS = "/v1/judicial-records", "/v1/judicial-returns"
PDF = base64.b64encode(b"%PDF-1.4 phieu").decode()
RESULT = {"number": "1/STP", "issued_on": "2026-11-06", "pdf": PDF}


def a_record(**changes: Any) -> dict[str, Any]:
    return RECORD | changes


def a_return(status: str, **changes: Any) -> dict[str, Any]:
    return {"code": "H38-LLTP-1", "status": status} | changes


@pytest.fixture(params=[1, 2])
def generation(request: pytest.FixtureRequest, gateway: Gateway, tmp_path: Path) -> Errands:
    return Errands(gateway, tmp_path, judicial_generation=request.param)


def followed(errands: Errands, errand: Any, *days: int) -> list[str | None]:
    """Return the status after each stretch of days; tokens do not live so long."""
    seen = []
    for number in days:
        errands.gateway.clock.advance(timedelta(days=number))
        errands.ask()
        seen.append(shown(errands.gateway.client("H38"), errand)["status"])
    return seen


def test_a_record_is_applied_for_and_asked_about_until_it_is_there(
    gateway: Gateway, province: Api, generation: Errands
) -> None:
    errand = placed(province, RECORDS, RECORD)
    generation.deliver()
    assert shown(province, errand)["state"] == "accepted"
    assert generation.ask() == 0, "not yet time"
    gateway.clock.advance(timedelta(hours=1))
    assert generation.ask() == 1
    begun = shown(gateway.client("H38"), errand)["status"]
    course = [begun, *followed(generation, errand, 1, 4)]
    assert course in (["3", "4", "5"], ["2", "4", "9"])
    ended = shown(gateway.client("H38"), errand)
    assert (ended["state"], [one["code"] for one in ended["events"]]) == ("ended", course)
    gateway.clock.advance(timedelta(days=2))
    assert generation.ask() == 0


def test_the_central_system_brings_the_record_itself(
    gateway: Gateway, province: Api, tmp_path: Path
) -> None:
    errands = Errands(gateway, tmp_path, judicial_generation=2)
    errand = placed(province, RECORDS, RECORD)
    paper = f"/v1/errands/{errand['id']}/paper"
    assert refusal_of(province.get(paper)) == (409, "errand-without-paper")
    errands.deliver()
    followed(errands, errand, 6)
    api = gateway.client("H38")
    found = shown(api, errand)
    assert found["has_paper"]
    assert found["result"]["number"] == "1/STP-LLTP"
    assert "pdf" not in found["result"]
    answer = api.get(paper)
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")
    acts = [one.act for one in evidence_of(gateway, f"errand:{errand['id']}")]
    assert acts == ["errand.place", "errand.result.read"]


def test_what_the_ministry_reads_is_what_was_declared(province: Api, generation: Errands) -> None:
    relative = {"full_name": "Nguyễn Văn Ví Dụ", "born": "1990-01"}
    mandator = relative | {"identity": {"type": "passport", "number": "GIADINH1"}}
    placed(
        province, RECORDS,
        a_record(mandator=mandator, delivery={"address": "Thôn Ví Dụ"}, requester="mandated"),
    )  # fmt: skip
    generation.deliver()
    services = generation.nation.universe.ngsp
    if generation.settings.judicial_generation == 1:
        (one,) = services.judicial.shown()
        form = one["asked"]["declarationWSForm"]
        said = (form["birthDateStr"], form["momDob"], form["declareTypeId"], form["delivery"])
        assert said == ("02/05/1990", "1965", "3845", "1")
        assert form["residence"] == "Thôn Ví Dụ, Xã Giả Định"
        assert one["asked"]["mandatorWSForm"]["birthDateStr"] == "01/1990"
    else:
        (one,) = services.central_judicial.shown()
        form = one["toKhai"]
        assert (form["nycNgaySinh"], form["uyQuyen"]) == ("02/05/1990", "1")
        assert form["nycThuongTru"]["maTinhThanh"] == "10"
        assert form["nuqSoGiayTo"] == "GIADINH1"


def test_a_lost_answer_is_made_up_for_by_the_wording(province: Api, generation: Errands) -> None:
    place = {1: "apiLyLichTuPhap/nhanHoSoDangKy", 2: "apiLLTP/guiHoSo"}
    operation = place[generation.settings.judicial_generation]
    errand = placed(province, RECORDS, RECORD)
    generation.nation.universe.faults.add(Fault(operation, 1, status=503, after=True))
    generation.deliver()
    assert shown(province, errand)["state"] == "deferred"
    generation.gateway.clock.advance(timedelta(minutes=30))
    generation.deliver()
    assert shown(province, errand)["state"] == "accepted"
    assert len(generation.nation.asked(operation)) == 2


@pytest.mark.parametrize(
    ("number", "state", "reason"),
    [
        ("GIADINH-0403", "refused", "Đơn vị chưa được cấp quyền"),
        ("GIADINH-0422", "deferred", "contract-breach"),
        ("GIADINH-0504", "deferred", "timeout"),
        ("GIADINH-0503", "deferred", "http-503"),
    ],
)
def test_each_way_to_get_no_answer(
    province: Api, generation: Errands, number: str, state: str, reason: str
) -> None:
    errand = placed(province, RECORDS, a_record(number=number))
    generation.deliver()
    found = shown(province, errand)
    assert found["state"] == state
    assert reason in found["reason"]


@pytest.mark.parametrize("trouble", ["gone", "down"])
def test_a_record_that_is_not_told_of_is_asked_about_less_and_less(
    gateway: Gateway, province: Api, generation: Errands, trouble: str
) -> None:
    errand = placed(province, RECORDS, RECORD)
    generation.deliver()
    services = generation.nation.universe.ngsp
    if trouble == "gone":
        services.judicial.held.clear()
        services.central_judicial.held.clear()
    else:
        for operation in ("apiLyLichTuPhap/LLTP-API-traTrangThaiHs", "apiLLTP/traCuuHoSo"):
            generation.nation.universe.faults.add(Fault(operation, 100, status=503))
    asked = len(generation.nation.asked())
    for _ in range(8):
        gateway.clock.advance(timedelta(hours=1))
        assert generation.ask() == 0
    assert shown(gateway.client("H38"), errand)["state"] == "accepted"
    tokens = generation.nation.asked().count("ngsp/token")
    assert len(generation.nation.asked()) - asked <= 3 + tokens
    gateway.clock.advance(timedelta(days=61))
    generation.ask()
    gateway.clock.advance(timedelta(days=61))
    before = len(generation.nation.asked())
    generation.ask()
    assert len(generation.nation.asked()) == before


def test_a_record_is_returned_in_order_and_what_lies_behind_counts_as_told(
    province: Api, errands: Errands
) -> None:
    code = staged(province, "acceptance")
    begun = placed(province, RETURNS, a_return("4", dossier_code=code))
    done = placed(province, RETURNS, a_return("9", result=RESULT))
    late = placed(province, RETURNS, a_return("2"))
    for _ in range(3):
        errands.deliver()
    assert [shown(province, one)["state"] for one in (begun, done, late)] == ["ended"] * 3
    assert [shown(province, one)["reference"] for one in (begun, done, late)] == ["00", "00", "01"]
    told = errands.nation.universe.ngsp.central_judicial.returned["H38-LLTP-1"]
    assert [one["trangThaiXuLy"] for one in told] == ["4", "9"]
    assert told[1]["ketQuaXuLy"]["phieuLLTP"] == PDF
    (line,) = province.get(f"/v1/dossiers/{code}/errands").json()["items"]
    assert line["kind"] == "judicial_return"


def test_a_return_that_is_broken_off_is_repeated_and_another_03_is_refused(
    gateway: Gateway, province: Api, errands: Errands
) -> None:
    errands.nation.universe.ngsp.central_judicial.interrupted["H38-LLTP-1"] = True
    errand = placed(province, RETURNS, a_return("4"))
    refused = placed(province, RETURNS, a_return("4", code="GIADINH-0403"))
    errands.deliver()
    found = shown(province, errand)
    assert (found["state"], found["reason"]) == ("deferred", "interrupted")
    assert shown(province, refused)["reason"] == "03: Đơn vị chưa được cấp quyền"
    gateway.clock.advance(timedelta(minutes=30))
    errands.deliver()
    assert shown(province, errand)["state"] == "ended"


def test_a_done_record_is_not_returned_without_its_result(province: Api) -> None:
    answer = province.post(RETURNS, json=a_return("9"))
    assert refusal_of(answer) == (422, "judicial-return-without-result")
    assert answer.json()["errors"][0]["pointer"] == "/result"
    broken = a_return("9", result=RESULT | {"pdf": "a"})
    assert refusal_of(province.post(RETURNS, json=broken)) == (422, "invalid-input")


def with_file(api: Api, **changes: Any) -> dict[str, Any]:
    """Return an application for a dossier that names a file, with that file."""
    file = uploaded(api, PDF_FILE, "giay-uy-quyen.pdf")["id"]
    code = staged(api, "acceptance", attachments=[a_paper(file)])
    body = a_record(dossier_code=code, files=[{"kind": "Văn bản uỷ quyền", "file_id": file}])
    del body["number"]
    return body | changes


def test_files_of_the_dossier_go_with_the_second_generation(
    gateway: Gateway, province: Api, tmp_path: Path
) -> None:
    errands = Errands(gateway, tmp_path, judicial_generation=2)
    errand = placed(province, RECORDS, with_file(province))
    errands.deliver()
    assert shown(province, errand)["state"] == "accepted"
    (one,) = errands.nation.universe.ngsp.central_judicial.shown()
    assert one["toKhai"]["fileHoSo"] == [
        {
            "tenLoaiFile": "Văn bản uỷ quyền",
            "tenFile": "giay-uy-quyen.pdf",
            "noiDungFile": base64.b64encode(PDF_FILE).decode(),
        }
    ]


def test_a_file_that_is_not_the_dossiers_is_refused(gateway: Gateway, province: Api) -> None:
    loose = uploaded(province, PDF_FILE, "roi.pdf")["id"]
    for file in (loose, "0" * 36, with_file(province)["files"][0]["file_id"]):
        body = with_file(province, files=[{"kind": "Khác", "file_id": file}])
        answer = province.post(RECORDS, json=body)
        assert refusal_of(answer) == (422, "errand-file-not-of-dossier")
        assert answer.json()["errors"][0]["pointer"] == "/files/0/file_id"
    other = gateway.client("H38.13")
    foreign = other.post(RECORDS, json=a_record(files=with_file(province)["files"]))
    assert refusal_of(foreign) == (422, "errand-file-not-of-dossier")


@pytest.mark.parametrize(
    ("changes", "slug"),
    [
        ({"judicial_generation": 1}, "judicial-files-not-carried"),
        ({"judicial_file_bytes": len(PDF_FILE) - 1}, "errand-files-too-large"),
    ],
)
def test_files_that_cannot_go_are_refused_at_once(
    gateway: Gateway, province: Api, changes: dict[str, Any], slug: str
) -> None:
    context = gateway.context
    object.__setattr__(context, "settings", context.settings.model_copy(update=changes))
    answer = province.post(RECORDS, json=with_file(province))
    assert refusal_of(answer) == (422, slug)
    assert answer.json()["errors"][0]["pointer"] == "/files"


@pytest.mark.parametrize("trouble", ["gone", "damaged"])
def test_a_file_that_cannot_be_read_parks_the_errand(
    gateway: Gateway, province: Api, tmp_path: Path, trouble: str
) -> None:
    errands = Errands(gateway, tmp_path, judicial_generation=2)
    errand = placed(province, RECORDS, with_file(province))
    change = {"gone": delete(files), "damaged": update(blob_parts).values(content=b"khac")}
    gateway.transact(lambda connection: connection.execute(change[trouble]))
    errands.deliver()
    found = shown(province, errand)
    assert found["state"] == "refused"
    assert found["reason"].startswith(("paper-gone", "content-damaged"))
