"""The wires of notices against services that take, refuse, fail, are slow to say what they mean."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from app.platform.settings import Settings
from mock_ngsp.faults import Fault
from mock_ngsp.messages import smtp
from mock_ngsp.messages.inbox import FIRST_REFRESH
from mock_ngsp.universe import Universe
from tests.acting import done, staged
from tests.builders import a_dossier, seed_catalogue
from tests.gateway import Gateway
from tests.notices.conftest import sms, zalo
from tests.notices.desk import Desk

OPERATIONS = {
    "dong_thap": "SendSms",
    "vnpt": "send_sms_list",
    "viettel": "wsCpMt",
    "province": "adapter",
}


def owner(**changes: Any) -> dict[str, Any]:
    return {"applicant": a_dossier()["applicant"] | changes}


def urgent(desk: Desk, **changes: Any) -> str:
    """Have papers asked for, which is told at once."""
    code = staged(desk.api, "supplements", **changes)
    done(desk.api, code, "supplements")
    desk.go()
    return code


def last(desk: Desk, code: str) -> dict[str, Any]:
    return desk.notices(dossier=code)[-1]


class TestSms:
    @pytest.fixture(params=list(OPERATIONS))
    def shape(self, request: pytest.FixtureRequest) -> str:
        return str(request.param)

    @pytest.fixture
    def settings(self, settings: Settings, shape: str, tmp_path: Path) -> Settings:
        return settings.model_copy(update=sms(tmp_path, shape))

    def test_a_message_is_taken(self, desk: Desk, shape: str) -> None:
        code = urgent(desk)
        (arrived,) = desk.inbox
        assert (arrived.wire, arrived.to) == (OPERATIONS[shape], "84000000001")
        assert arrived.text.startswith(f"Ho so {code} can bo sung giay to.")
        notice = last(desk, code)
        assert (notice["state"], notice["channel"], notice["recipient"]) == (
            "sent",
            "sms",
            "8400*****01",
        )
        has_id = shape in {"vnpt", "viettel"}
        assert arrived.id == (notice["id"] if has_id else "")

    @pytest.mark.parametrize("kind", ["status", "reset"])
    def test_a_service_that_is_down_is_tried_again(self, desk: Desk, shape: str, kind: str) -> None:
        how: dict[str, Any] = {"status": 503} if kind == "status" else {"reset": True}
        desk.universe.faults.add(Fault(OPERATIONS[shape], 1, **how))
        code = urgent(desk)
        assert (last(desk, code)["state"], last(desk, code)["attempts"]) == ("owed", 1)
        desk.pass_time(seconds=2)
        desk.send()
        assert (last(desk, code)["state"], len(desk.inbox)) == ("sent", 1)

    def test_an_answer_that_means_nothing_is_no_success(self, desk: Desk, shape: str) -> None:
        desk.universe.faults.add(Fault(OPERATIONS[shape], 1, status=200))
        code = urgent(desk)
        expected = "sent" if shape == "province" else "owed"
        assert last(desk, code)["state"] == expected

    def test_what_is_not_taken_fails_when_it_is_news_no_more(self, desk: Desk, shape: str) -> None:
        code = urgent(desk, **owner(phone="0000000999"))
        if shape != "province":
            assert last(desk, code)["state"] == "owed"
            desk.pass_time(hours=30)
            desk.send()
        assert last(desk, code)["state"] == "failed"
        assert desk.inbox == []


class TestZalo:
    @pytest.fixture
    def settings(self, settings: Settings, tmp_path: Path) -> Settings:
        return settings.model_copy(update=zalo(tmp_path))

    def test_zalo_is_preferred_and_gets_the_owners_name(self, desk: Desk) -> None:
        code = urgent(desk)
        (arrived,) = desk.inbox
        assert (arrived.wire, arrived.id) == ("template", last(desk, code)["id"])
        assert arrived.text.startswith(f"Hồ sơ {code} cần bổ sung giấy tờ.")

    def test_who_has_no_zalo_gets_an_sms(self, desk: Desk) -> None:
        code = urgent(desk, **owner(phone="0000000118"))
        assert [one.wire for one in desk.inbox] == ["SendSms"]
        notice = last(desk, code)
        assert (notice["state"], notice["channel"]) == ("sent", "sms")
        assert notice["reason"] == "zalo:zalo-118 không gửi được tới số này"

    def test_a_refresh_token_is_used_once_and_the_pair_kept(self, desk: Desk) -> None:
        urgent(desk)
        first = desk.universe.inbox.refresh
        assert first != FIRST_REFRESH
        urgent(desk)
        assert desk.universe.inbox.refresh == first
        desk.pass_time(hours=25)
        urgent(desk)
        assert desk.universe.inbox.refresh not in {first, FIRST_REFRESH}
        assert len(desk.inbox) == 3

    def test_a_token_that_is_refused_is_renewed_at_once(self, desk: Desk) -> None:
        urgent(desk)
        desk.universe.inbox.revoke()
        urgent(desk)
        assert len(desk.inbox) == 2

    def test_without_a_token_nothing_is_lost(self, desk: Desk) -> None:
        desk.universe.faults.add(Fault("access_token", 1, status=503))
        code = urgent(desk)
        assert last(desk, code)["state"] == "owed"
        desk.pass_time(seconds=10)
        desk.send()
        assert last(desk, code)["state"] == "sent"


class TestMail:
    @pytest.fixture
    def universe(self) -> Universe:
        return Universe()

    @pytest.fixture
    def port(self, universe: Universe) -> Iterator[int]:
        with smtp.serving(universe) as port:
            yield port

    @pytest.fixture
    def settings(self, settings: Settings, port: int) -> Settings:
        changes = {
            "sms_url": None,
            "mail_host": "127.0.0.1",
            "mail_port": port,
            "mail_security": "none",
            "mail_from": "lgsp@example.vn",
        }
        return settings.model_copy(update=changes)

    @pytest.fixture
    def desk(self, gateway: Gateway, universe: Universe) -> Desk:
        seed_catalogue(gateway)
        return Desk(gateway, gateway.client("H38"), universe)

    def test_a_mail_arrives_with_its_marks(self, desk: Desk) -> None:
        code = urgent(desk, **owner(email="gia.dinh@example.vn"))
        (arrived,) = desk.inbox
        notice = last(desk, code)
        assert arrived.to == "gia.dinh@example.vn"
        assert arrived.title == f"Yêu cầu bổ sung hồ sơ: {code}"
        assert arrived.id == f"<{notice['id']}@example.vn>"
        assert "cần bổ sung giấy tờ" in arrived.text
        assert notice["recipient"] == "g***@example.vn"

    def test_a_mailbox_that_does_not_exist_is_the_end_of_it(self, desk: Desk) -> None:
        code = urgent(desk, **owner(email="nobody@example.vn"))
        notice = last(desk, code)
        why = "email:smtp-550 máy chủ không nhận thư này"
        assert (notice["state"], notice["reason"]) == ("failed", why)


class TestMailDown:
    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        changes = {"sms_url": None, "mail_host": "127.0.0.1", "mail_port": 9, "mail_from": "a@b.vn"}
        return settings.model_copy(update=changes)

    def test_a_server_that_is_down_is_tried_again(self, desk: Desk) -> None:
        code = urgent(desk, **owner(email="gia.dinh@example.vn"))
        assert (last(desk, code)["state"], last(desk, code)["reason"]) == ("owed", "smtp-failed")
