"""POST /api/dvcqg/XacNhanThanhToan: what the platform signed takes effect, and once."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, func, select

from app.codes import DossierCode
from app.dossiers.store import find
from app.dossiers.sync import record_of
from app.evidence.tables import unauthenticated_refusals
from app.payments.callbacks.confirming import ADDRESS
from app.refusals import Refusals
from mock_ngsp.payments import signing
from tests.acting import done
from tests.builders import evidence_of
from tests.gateway import Api, Gateway
from tests.payments.platform import SECRET, Platform, lines, start, started, steps


def shown(api: Api, code: str) -> Any:
    return api.get(f"/v1/dossiers/{code}").json()


def strangers(gateway: Gateway) -> int:
    refusals: Refusals = gateway.http.app.state.refusals  # type: ignore[attr-defined]
    assert gateway.http.portal is not None
    gateway.http.portal.call(refusals.flush)
    number = select(func.coalesce(func.sum(unauthenticated_refusals.c.number), 0))
    return int(gateway.transact(lambda connection: connection.execute(number).scalar_one()))


def test_a_paid_fee_moves_the_dossier_on_and_is_counted_as_paid_online(
    gateway: Gateway, province: Api, platform: Platform
) -> None:
    code, begun = started(province)
    answer = platform.confirm(begun["reference"])
    assert (answer.status_code, answer.json()["MaLoi"]) == (200, "00")
    dossier = shown(province, code)
    assert dossier["status"] == "processing"
    (payment,) = dossier["handling"]["payments"]
    assert payment["amount_vnd"] == 20000
    assert (payment["method"], payment["reference"]) == ("national_portal", begun["reference"])
    (line,) = lines(province, code)
    assert (line["state"], line["bank"], line["unrecorded"]) == ("paid", "MOCKBANK", None)

    def told(connection: Connection) -> str:
        found = find(connection, DossierCode(code))
        assert found is not None
        return record_of(found.facts()).online_payment

    assert gateway.transact(told) == "1"
    acts = [(one.act, one.client_id) for one in evidence_of(gateway, f"dossier:{code}")][-2:]
    assert acts == [
        ("dossier.payment.record", "system:payments"),
        ("payment.confirm", "system:payments"),
    ]


def test_the_answer_is_signed_and_hands_back_what_it_answers(
    province: Api, platform: Platform
) -> None:
    _, begun = started(province)
    told = platform.told(begun["reference"], ThoiGianGD="20261102991199")
    said = platform.post(told).json()
    assert said["ThoiGianGD"] == "20261102991199", "fourteen digits, whatever they mean"
    order = ("MaLoi", "MoTaLoi", "MaDoiTac", "ThoiGianGD", "MaThamChieu")
    assert said["MaXacThuc"] == signing.signature(said, order, SECRET)


def test_however_often_it_comes_it_is_applied_once(
    gateway: Gateway, province: Api, platform: Platform
) -> None:
    code, begun = started(province)
    told = platform.told(begun["reference"])
    answers = [platform.post(told) for _ in range(5)]
    assert len({answer.content for answer in answers}) == 1
    assert shown(province, code)["handling"]["paid_vnd"] == 20000
    acts = [one.act for one in evidence_of(gateway, f"dossier:{code}")]
    assert acts.count("payment.confirm") == acts.count("dossier.payment.record") == 1
    before = steps(gateway, code)
    platform.post(platform.told(begun["reference"], ThoiGianGD="20261102235959"))
    assert steps(gateway, code) == before


def test_a_failure_pays_nothing_and_is_not_turned_round(
    gateway: Gateway, province: Api, platform: Platform
) -> None:
    code, begun = started(province)
    for _ in range(2):
        assert platform.confirm(begun["reference"], paid=False).json()["MaLoi"] == "00"
    answer = platform.confirm(begun["reference"])
    assert (answer.status_code, answer.json()["MaLoi"]) == (200, "04")
    (line,) = lines(province, code)
    assert line["state"] == "failed"
    assert shown(province, code)["handling"]["payments"] == []
    assert shown(province, code)["status"] == "payment_requested"
    (refused,) = evidence_of(gateway, f"POST {ADDRESS}")
    assert refused.outcome == "payment-settled-otherwise"


def test_what_is_paid_does_not_fail_afterwards(province: Api, platform: Platform) -> None:
    code, begun = started(province)
    platform.confirm(begun["reference"])
    assert platform.confirm(begun["reference"], paid=False).json()["MaLoi"] == "04"
    assert shown(province, code)["handling"]["paid_vnd"] == 20000


SIGNED = ["LoaiBanTin", "MaLoi", "MaThamChieu", "SoTien", "MaTienTe", "MaGiaoDich", "MaNganHang",
          "ThoiGianGD", "ThongTinGiaoDich"]  # fmt: skip


@pytest.mark.parametrize("name", SIGNED)
def test_a_value_changed_after_signing_is_seen(
    gateway: Gateway, province: Api, platform: Platform, name: str
) -> None:
    code, begun = started(province)
    told = platform.told(begun["reference"], paid=name != "MaLoi")
    other = {"MaLoi": "00", "SoTien": "1", "MaTienTe": "XXX", "ThoiGianGD": "1" * 14}
    answer = platform.post(told | {name: other.get(name, "khac")})
    assert (answer.status_code, answer.json()["MaLoi"]) == (401, "03")
    assert answer.json()["MaXacThuc"] == "", "a stranger is given no signature"
    assert [line["state"] for line in lines(province, code)] == ["waiting"]
    assert strangers(gateway) == 1
    assert platform.confirm(begun["reference"]).json()["MaLoi"] == "00"


@pytest.mark.parametrize("seal", ["", "0" * 64, "upper", "another secret", "ký"])
def test_a_wrong_signature_is_refused_and_counted(
    gateway: Gateway, province: Api, platform: Platform, seal: str
) -> None:
    code, begun = started(province)
    told = platform.told(begun["reference"])
    given = {
        "upper": told["MaXacThuc"].upper(),
        "another secret": signing.signature(told, signing.TELLING, "another secret"),
    }
    answer = platform.post(told | {"MaXacThuc": given.get(seal, seal)})
    assert (answer.status_code, answer.json()["MaLoi"]) == (401, "03")
    assert strangers(gateway) == 1
    assert shown(province, code)["handling"]["payments"] == []


def test_a_query_answer_is_no_confirmation(province: Api, platform: Platform) -> None:
    code, begun = started(province)
    told = platform.told(begun["reference"], LoaiBanTin="QUERY")
    assert platform.post(told).status_code == 401, "it says 00 of a payment that only waits"
    assert [line["state"] for line in lines(province, code)] == ["waiting"]


def test_a_message_for_another_partner_is_none_for_us(province: Api, platform: Platform) -> None:
    _, begun = started(province)
    assert platform.post(platform.told(begun["reference"], MaDoiTac="KHAC")).status_code == 401


def test_values_cannot_be_moved_across_a_bar(province: Api, platform: Platform) -> None:
    code, begun = started(province)
    good = platform.told(begun["reference"], MaGiaoDich="A", MaNganHang="B")
    moved = good | {"MaGiaoDich": "A|B", "MaNganHang": good["ThoiGianGD"]}
    moved |= {"ThoiGianGD": good["ThongTinGiaoDich"], "ThongTinGiaoDich": ""}
    answer = platform.post(moved)
    assert (answer.status_code, answer.json()["MaLoi"]) == (200, "05")
    assert [line["state"] for line in lines(province, code)] == ["waiting"]


@pytest.mark.parametrize(
    "changes", [{"SoTien": "19999"}, {"SoTien": "200000"}, {"SoTien": "0"}, {"MaTienTe": "USD"}]
)
def test_another_sum_is_refused_and_the_payment_waits_on(
    gateway: Gateway, province: Api, platform: Platform, changes: dict[str, str]
) -> None:
    code, begun = started(province)
    answer = platform.confirm(begun["reference"], **changes)
    assert (answer.status_code, answer.json()["MaLoi"]) == (200, "02")
    assert [line["state"] for line in lines(province, code)] == ["waiting"]
    (entry,) = evidence_of(gateway, f"POST {ADDRESS}")
    assert (entry.act, entry.outcome) == ("payment.confirm", "payment-wrong-amount")
    assert platform.confirm(begun["reference"]).json()["MaLoi"] == "00"


_SUMS = (20000.0, "20000.0", "20.000", "+20000", "020000", "", None, True)


@pytest.mark.parametrize("amount", _SUMS, ids=repr)
def test_a_sum_is_whole_dong(province: Api, platform: Platform, amount: object) -> None:
    code, begun = started(province)
    assert platform.confirm(begun["reference"], SoTien=amount).json()["MaLoi"] == "05"
    assert [line["state"] for line in lines(province, code)] == ["waiting"]


def test_a_sum_may_come_without_quotes(province: Api, platform: Platform) -> None:
    code, begun = started(province)
    assert platform.confirm(begun["reference"], SoTien=20000).json()["MaLoi"] == "00"
    assert [line["state"] for line in lines(province, code)] == ["paid"]


def test_a_payment_that_nobody_began_is_told_so(province: Api, platform: Platform) -> None:
    _, begun = started(province)
    answer = platform.confirm(begun["reference"], MaThamChieu="dvc0")
    assert (answer.status_code, answer.json()["MaLoi"]) == (200, "01")


_WITH_NUL = (
    b'{"LoaiBanTin":"\\u0000","MaLoi":"00","MaDoiTac":"x","MaThamChieu":"y","SoTien":"1",'
    b'"MaTienTe":"VND","MaXacThuc":"z"}'
)
_RAW = (b"", b"{", b"[]", b"null", b"[" * 20_000, b'{"LoaiBanTin": "\xff"}', b"{}", _WITH_NUL)


@pytest.mark.parametrize("raw", _RAW, ids=range(len(_RAW)))
def test_what_is_no_confirmation_harms_nobody(
    gateway: Gateway, province: Api, platform: Platform, raw: bytes
) -> None:
    code, begun = started(province)
    answer = gateway.http.post(ADDRESS, content=raw)
    assert (answer.status_code, answer.json()["MaLoi"]) == (200, "05")
    assert platform.confirm(begun["reference"]).json()["MaLoi"] == "00"
    assert shown(province, code)["status"] == "processing"


def test_a_body_that_is_too_large_is_not_read(platform: Platform) -> None:
    assert platform.post({"LoaiBanTin": "x" * 70_000}).status_code == 413


def test_without_a_platform_every_confirmation_is_a_strangers(
    gateway: Gateway, province: Api, platform: Platform
) -> None:
    _, begun = started(province)
    told = platform.told(begun["reference"])
    gateway.http.app.state.till = None  # type: ignore[attr-defined]
    assert platform.post(told).status_code == 401


def test_money_for_a_dossier_that_has_ended_is_kept_in_sight(
    gateway: Gateway, province: Api, platform: Platform
) -> None:
    code, begun = started(province)
    done(province, code, "withdrawal")
    assert platform.confirm(begun["reference"]).json()["MaLoi"] == "00"
    (line,) = lines(province, code)
    assert (line["state"], line["unrecorded"]) == ("paid", "act-out-of-turn")
    assert shown(province, code)["handling"]["payments"] == []
    assert evidence_of(gateway, f"dossier:{code}")[-1].outcome == "act-out-of-turn"


def test_two_payments_of_one_fee_are_both_told(
    gateway: Gateway, province: Api, platform: Platform
) -> None:
    code, first = started(province)
    gateway.clock.advance(timedelta(minutes=20))
    second = start(province, code).json()
    for reference in (first["reference"], second["reference"]):
        assert platform.confirm(reference).json()["MaLoi"] == "00"
    assert shown(province, code)["handling"]["paid_vnd"] == 40000, "a person sees what to give back"
