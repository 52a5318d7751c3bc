"""`/mapi/login` and `/mapi/g`: who may call, what is refused in which words, what stays."""

import json
from datetime import timedelta
from typing import Any

import pytest

from app.access import use_cases as access
from app.access.domain import Scope
from app.codes import AgencyCode
from app.facades.dvcqg.domain import AccountTakenError
from app.facades.dvcqg.use_cases import accounts
from tests.builders import evidence_of, seed_catalogue
from tests.gateway import Gateway
from tests.wires.dvcqg_scripts import CODE, a_record, a_row

NAME, PASSWORD = "mot-cua", "mật khẩu do người đặt"
GENERIC, SESSION, DUPLICATE = -1, -2, 3


class System:
    """A provincial system with an account."""

    def __init__(self, gateway: Gateway, member: str = "H38", *scopes: Scope) -> None:
        self.gateway = gateway
        self.client, _ = gateway.transact(
            access.register,
            gateway.clock,
            name="one-stop",
            member=AgencyCode(member),
            scopes=[scope.value for scope in scopes or Scope],
        )
        self.name = f"{NAME}-{member}"
        gateway.transact(
            accounts.register,
            gateway.clock,
            username=self.name,
            client_id=self.client.client_id,
            password=PASSWORD,
        )
        self.agency = member
        self.session = ""
        self.login()

    def login(self, password: str = PASSWORD) -> dict[str, Any]:
        body = {"username": self.name, "password": password}
        answer: dict[str, Any] = self.gateway.http.post("/mapi/login", json=body).json()
        self.session = answer.get("session", self.session)
        return answer

    def call(self, service: str, **content: Any) -> dict[str, Any]:
        body = {"session": self.session, "madonvi": self.agency, "service": service, **content}
        answer: dict[str, Any] = self.gateway.http.post("/mapi/g", json=body).json()
        return answer

    def push(self, *records: str, updating: str = "False") -> dict[str, Any]:
        data = [json.loads(record) for record in records]
        return self.call("DongBoHoSoMC", isUpdating=updating, data=data)

    def step(self, *rows: str) -> dict[str, Any]:
        return self.call("CapNhatTienDoHoSoMC", data=[json.loads(row) for row in rows])

    def find(self, code: str = CODE) -> dict[str, Any]:
        return self.call("TraCuuHoSo", mahoso=code)


@pytest.fixture
def system(gateway: Gateway) -> System:
    seed_catalogue(gateway)
    return System(gateway)


@pytest.mark.parametrize("body", [b"", b"[]", b"x", b'{"a":"\\u0000"}', b'{"a":"\\ud800"}'])
@pytest.mark.parametrize("path", ["/mapi/login", "/mapi/g"])
def test_a_body_that_is_no_object_is_refused(gateway: Gateway, path: str, body: bytes) -> None:
    answer = gateway.http.post(path, content=body)
    assert (answer.status_code, answer.json()["error_code"]) == (200, GENERIC)


def test_a_wrong_password_and_an_unknown_name_get_the_same_answer(system: System) -> None:
    wrong = system.login("sai")
    system.name = "khong-co"
    assert wrong == system.login() == {
        "error_code": GENERIC,
        "message": "Tên đăng nhập hoặc mật khẩu không đúng",
    }  # fmt: skip


def test_a_password_is_kept_only_as_a_salted_hash(system: System) -> None:
    kept = system.gateway.transact(accounts.find_hash, username=system.name)
    assert PASSWORD not in kept
    assert kept != accounts.hashed(PASSWORD)
    assert accounts.fits(PASSWORD, kept)


def test_a_session_ends_by_time_and_by_revoking(system: System, gateway: Gateway) -> None:
    assert system.find()["error_code"] == 0
    gateway.clock.advance(timedelta(seconds=gateway.settings.facade_session_seconds))
    assert system.find()["error_code"] == SESSION
    assert system.login()["error_code"] == 0
    assert system.find()["error_code"] == 0
    gateway.transact(accounts.revoke, gateway.clock, username=system.name)
    assert (system.find()["error_code"], system.login()["error_code"]) == (SESSION, GENERIC)


def test_the_sessions_of_a_revoked_client_end_with_it(system: System, gateway: Gateway) -> None:
    gateway.transact(access.revoke, gateway.clock, client_id=system.client.client_id)
    assert (system.find()["error_code"], system.login()["error_code"]) == (SESSION, GENERIC)


def test_a_name_is_given_once(system: System, gateway: Gateway) -> None:
    with pytest.raises(AccountTakenError):
        gateway.transact(
            accounts.register,
            gateway.clock,
            username=system.name,
            client_id=system.client.client_id,
            password="khac",
        )


@pytest.mark.parametrize("session", ["", "made up", 1, None])
def test_a_call_without_a_good_session_is_refused(system: System, session: Any) -> None:
    system.session = session
    assert system.find() == {
        "error_code": SESSION,
        "message": "Phiên làm việc không đúng hoặc đã hết hạn",
    }


@pytest.mark.parametrize(
    ("scope", "service", "content"),
    [
        (Scope.READ_DOSSIERS, "DongBoHoSoMC", {}),
        (Scope.READ_DOSSIERS, "CapNhatTienDoHoSoMC", {}),
        (Scope.SUBMIT_DOSSIERS, "TraCuuHoSo", {"mahoso": CODE}),
        (Scope.READ_DOSSIERS, "LayDanhSachTTHC", {}),
        (Scope.READ_CATALOGUE, "TraCuuTechID", {}),
    ],
)
def test_a_service_takes_the_scope_of_its_act(
    gateway: Gateway, scope: Scope, service: str, content: dict[str, Any]
) -> None:
    system = System(gateway, "H38", scope)
    answer = system.call(service, **content)
    assert (answer["error_code"], "chưa được cấp quyền" in answer["message"]) == (GENERIC, True)
    (entry,) = evidence_of(gateway, "POST /mapi/g")
    assert (entry.act, entry.outcome) == (f"portal.{service}", "insufficient-scope")


def test_a_refusal_of_a_known_system_leaves_its_reason(system: System, gateway: Gateway) -> None:
    assert system.push(a_record(), updating="True")["error_code"] == GENERIC
    (entry,) = evidence_of(gateway, "POST /mapi/g")
    assert (entry.act, entry.outcome) == ("portal.DongBoHoSoMC", "dossier-not-carried")


def test_what_is_done_leaves_one_entry_each(system: System, gateway: Gateway) -> None:
    system.push(a_record())
    system.push(a_record(status="4"), updating="True")
    system.step(a_row(1, "2"), a_row(2, "4"))
    acts = [entry.act for entry in evidence_of(gateway, f"dossier:{CODE}")]
    assert acts == ["dossier.carry", "dossier.replace", "dossier.progress"]


def test_a_call_is_taken_whole_or_not_at_all(system: System) -> None:
    second = a_record("H38.12-261102-0008", MaTTHC='"9.999999"')
    answer = system.push(a_record(), second)
    assert (answer["error_code"], "9.999999" in answer["message"]) == (GENERIC, True)
    assert system.find()["result"] == []
    system.push(a_record())
    assert system.step(a_row(1, "2"), a_row(2, "4", "H38.12-261102-0008"))["error_code"] == GENERIC
    assert system.step(a_row(5, "10"))["error_code"] == 0, "the first row may have any status"


def test_an_agency_outside_the_systems_member_is_refused(system: System) -> None:
    system.agency = "H53"
    assert system.find()["error_code"] == GENERIC
    system.agency = "Sở Ví Dụ"
    assert "madonvi" in system.find()["message"]


def test_a_dossier_of_another_member_is_there_and_not_shown(
    system: System, gateway: Gateway
) -> None:
    system.push(a_record())
    stranger = System(gateway, "H53")
    assert stranger.find()["result"] == []
    foreign = stranger.push(a_record(), updating="True")["message"]
    assert foreign == f"Hồ sơ {CODE} không tồn tại"
    assert stranger.push(a_record("H53.71-261102-0001"))["error_code"] == 0


@pytest.mark.parametrize(
    ("changes", "place"),
    [
        ({"MaHoSo": '"x"'}, "data.0.MaHoSo"),
        ({"MaTTHC": '"x"'}, "data.0.MaTTHC"),
        ({"NgayTiepNhan": '""'}, "data.0.NgayTiepNhan"),
        ({"NgayHenTra": '"09/11/2026"'}, "data.0.NgayHenTra"),
        ({"LoaDoiTuong": '"1"'}, "data.0.LoaDoiTuong"),
        ({"DanhSachLePhi": '[{"TenPhiLePhi":"a","Gia":"x"}]'}, "data.0.DanhSachLePhi.0.Gia"),
        ({"TaiLieuNop": "[[]]"}, "data.0.TaiLieuNop.0"),
        ({"TaiLieuNop": '[{"IsDeleted":[]}]'}, "data.0.TaiLieuNop.0.IsDeleted"),
    ],
)
def test_a_wrong_field_is_named_and_not_repeated(
    system: System, changes: dict[str, str], place: str
) -> None:
    answer = system.push(a_record(**changes))
    assert (answer["error_code"], f"{place}: " in answer["message"]) == (GENERIC, True)


def test_a_dossier_due_before_it_was_received_is_refused(system: System) -> None:
    answer = system.push(a_record(NgayHenTra='"20260101000000"'))
    assert (answer["error_code"], "Ngày hẹn trả" in answer["message"]) == (GENERIC, True)


def test_an_update_that_says_the_same_again_owes_nothing(system: System, gateway: Gateway) -> None:
    system.push(a_record())

    def changed_at() -> str:
        return str(gateway.client("H38").get(f"/v1/dossiers/{CODE}").json()["changed_at"])

    before = changed_at()
    gateway.clock.advance(timedelta(minutes=1))
    assert system.push(a_record(), updating="True")["error_code"] == 0
    assert changed_at() == before
    assert system.push(a_record(ChuHoSo='"Trần Văn Ví Dụ"'), updating="True")["error_code"] == 0
    shown = gateway.client("H38").get(f"/v1/dossiers/{CODE}").json()
    assert shown["applicant"]["full_name"] == "Trần Văn Ví Dụ"


def test_a_row_alone_moves_a_dossier_on_and_history_does_not_move_it_back(
    system: System, gateway: Gateway
) -> None:
    def status() -> str:
        return str(gateway.client("H38").get(f"/v1/dossiers/{CODE}").json()["status"])

    system.push(a_record(status="4"))
    assert system.step(a_row(1, "2"))["error_code"] == 0
    assert status() == "processing"
    assert system.step(a_row(2, "4"), a_row(3, "9"))["error_code"] == 0
    assert status() == "finished"
    finished = gateway.client("H38").get(f"/v1/dossiers/{CODE}").json()["finished_at"]
    assert finished.startswith("2026-11-02T10:00:03")


def test_a_number_that_is_no_identity_is_not_taken_for_one(
    system: System, gateway: Gateway
) -> None:
    odd = '[{"LoaiDinhDanh":"1","SoDinhDanh":"12"},{"LoaiDinhDanh":"9","SoDinhDanh":"x"}]'
    assert system.push(a_record(DinhDanhCHS=odd))["error_code"] == 0
    shown = gateway.client("H38").get(f"/v1/dossiers/{CODE}").json()
    assert shown["applicant"]["identity_number"] is None


def test_what_is_the_nations_cannot_be_asked_while_none_is_connected(system: System) -> None:
    answer = system.call("LayDanhSachTTHC")
    assert (answer["error_code"], "chưa kết nối" in answer["message"]) == (GENERIC, True)


def test_a_refused_duplicate_says_only_what_systems_look_for(system: System) -> None:
    system.push(a_record())
    expected = {"error_code": DUPLICATE, "message": f"Hồ sơ {CODE} đã tồn tại"}
    assert system.push(a_record()) == expected


def test_the_front_names_the_word_of_an_address_that_it_does_not_take(gateway: Gateway) -> None:
    seed_catalogue(gateway)
    headers = {"Authorization": gateway.client("H38").headers["Authorization"]}
    asked = {"MaDinhDanhDV": "H38", "isUpdating": "true"}
    answer = gateway.http.post(
        "/api/SynsTTHCC/DongBoHoSoMC", params=asked, content=f"[{a_record()}]", headers=headers
    ).json()
    said = "Dữ liệu không hợp lệ: isUpdating: không thuộc các giá trị cho phép"
    assert answer == {"error_code": GENERIC, "message": said}
