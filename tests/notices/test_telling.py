"""Which acts are told, once each, when, and to whom."""

from typing import Any

import pytest
from structlog.testing import capture_logs

from app.access.domain import Scope
from app.notices.use_cases.templates import by_act
from app.platform.settings import Settings
from tests.acting import BEFORE, done, staged
from tests.builders import a_dossier, seed_catalogue
from tests.gateway import Gateway
from tests.notices.desk import Desk

PHONE = "84000000001"


def told(desk: Desk) -> list[tuple[str, str]]:
    return [(one["kind"], one["state"]) for one in desk.notices()]


def test_who_reads_notices_needs_the_scope(desk: Desk) -> None:
    assert desk.gateway.http.get("/v1/notices").status_code == 401
    other = desk.gateway.client("H38", Scope.READ_DOSSIERS)
    assert other.get("/v1/notices").status_code == 403


def test_a_neighbour_sees_no_notices(desk: Desk) -> None:
    staged(desk.api, "acceptance")
    desk.tell()
    assert len(desk.notices()) == 1
    assert desk.gateway.client("H38.13").get("/v1/notices").json()["items"] == []


def test_an_act_is_told_once_whoever_looks(desk: Desk) -> None:
    staged(desk.api, "acceptance")
    other = Desk(desk.gateway, desk.api, desk.universe, holder="worker-2")
    assert (desk.tell(), other.tell(), desk.tell()) == (1, 0, 0)
    desk.pass_time(minutes=2)
    desk.send()
    desk.send()
    (arrived,) = desk.inbox
    assert arrived.to == PHONE
    assert arrived.text.startswith("Ho so H38.12-261102-0001: Moi dang ky.")


@pytest.mark.parametrize(
    ("act", "kind"),
    [("supplements", "supplement"), ("completion", "result"), ("extensions", "apology")],
)
def test_what_is_urgent_is_told_at_once_and_says_what_waited(
    desk: Desk, act: str, kind: str
) -> None:
    code = staged(desk.api, act)
    desk.tell()
    before = len(desk.notices())
    done(desk.api, code, act)
    desk.go()
    states = told(desk)
    assert states == [("progress", "merged")] * before + [(kind, "sent")]
    assert desk.notices()[0]["merged_into"] is not None
    assert len(desk.inbox) == 1


def test_changes_close_together_are_one_notice(desk: Desk) -> None:
    code = staged(desk.api, "forwardings")
    desk.go()
    done(desk.api, code, "stops")
    desk.go()
    assert desk.inbox == []
    desk.pass_time(minutes=2)
    desk.send()
    (text,) = desk.texts()
    assert "Dung xu ly" in text
    assert told(desk) == [("progress", "merged")] * 2 + [("progress", "sent")]


def test_progress_of_one_dossier_leaves_half_an_hour_between(desk: Desk) -> None:
    code = staged(desk.api, "acceptance")
    desk.tell()
    desk.pass_time(minutes=2)
    desk.go()
    done(desk.api, code, "acceptance")
    desk.tell()
    desk.pass_time(minutes=29)
    desk.send()
    assert len(desk.inbox) == 1
    desk.pass_time(minutes=1)
    desk.send()
    assert len(desk.inbox) == 2


def test_nobody_is_woken(desk: Desk) -> None:
    code = staged(desk.api, "supplements")
    desk.pass_time(hours=12)
    done(desk.api, code, "supplements")
    desk.go()
    assert desk.inbox == []
    (notice,) = [one for one in desk.notices() if one["kind"] == "supplement"]
    assert notice["due_at"] == "2026-11-03T07:00:00+07:00"
    desk.pass_time(hours=10)
    desk.send()
    assert len(desk.inbox) == 1


def test_an_owner_without_a_number_is_not_told_and_that_is_seen(desk: Desk) -> None:
    applicant = a_dossier()["applicant"] | {"phone": None}
    staged(desk.api, "acceptance", applicant=applicant)
    desk.go()
    (notice,) = desk.notices()
    assert (notice["state"], notice["reason"], notice["recipient"]) == (
        "withheld",
        "no-address",
        None,
    )


def test_what_is_older_than_a_day_is_told_no_more(desk: Desk) -> None:
    staged(desk.api, "acceptance")
    desk.pass_time(hours=25)
    desk.go()
    assert desk.notices() == []


def test_an_owner_who_wants_none_gets_none(desk: Desk) -> None:
    code = staged(desk.api, "acceptance")
    desk.tell()
    answer = desk.api.post(f"/v1/notices/silences/{code}", json={})
    assert answer.status_code == 201
    done(desk.api, code, "acceptance")
    desk.pass_time(minutes=2)
    desk.go()
    assert desk.inbox == []
    assert told(desk) == [("progress", "failed")]
    stranger = desk.gateway.client("H38.13")
    for other in (code, "nonsense"):
        assert stranger.post(f"/v1/notices/silences/{other}", json={}).status_code == 404


def test_notices_come_in_pages_and_by_dossier(desk: Desk) -> None:
    first, second = (staged(desk.api, "acceptance") for _ in range(2))
    desk.tell()
    page = desk.api.get("/v1/notices", params={"limit": 1}).json()
    rest = desk.api.get("/v1/notices", params={"after": page["next"]}).json()
    codes = [one["dossier_code"] for one in page["items"] + rest["items"]]
    assert codes == [second, first]
    assert [one["dossier_code"] for one in desk.notices(dossier=first)] == [first]


def test_neither_log_nor_answer_nor_metric_names_the_owner(desk: Desk) -> None:
    with capture_logs() as logs:
        code = staged(desk.api, "completion")
        done(desk.api, code, "completion")
        desk.go()
        desk.universe.inbox.arrived.clear()
        answer = desk.api.get("/v1/notices").text
        metrics = desk.gateway.http.get("/metrics").text
    applicant = a_dossier()["applicant"]
    marks = [applicant["full_name"], applicant["phone"], PHONE, applicant["phone"][1:]]
    assert "8400*****01" in answer
    assert [mark for mark in marks if mark in answer + metrics + str(logs)] == []


def test_every_trigger_is_told(desk: Desk) -> None:
    seen: set[Any] = set()
    names = {
        "acceptance": "dossier.accept", "refusal": "dossier.refuse",
        "supplements": "dossier.supplement.ask", "stops": "dossier.stop",
        "supplements/{number}/receipt": "dossier.supplement.receive",
        "fees": "dossier.fee.ask", "resumptions": "dossier.resume",
        "withdrawal": "dossier.withdraw", "extensions": "dossier.extend",
        "completion": "dossier.finish", "results": "dossier.return",
    }  # fmt: skip
    assert set(names) < set(BEFORE)
    for act, name in names.items():
        code = staged(desk.api, act)
        desk.tell()
        before = len(desk.notices(dossier=code))
        done(desk.api, code, act)
        desk.tell()
        if len(desk.notices(dossier=code)) == before + 1:
            seen.add(name)
    assert seen | {"dossier.submit", "dossier.progress"} == set(by_act())


class TestWithoutAChannel:
    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return settings.model_copy(update={"sms_url": None})

    def test_nothing_is_owed_where_nothing_is_sent(self, gateway: Gateway) -> None:
        seed_catalogue(gateway)
        desk = Desk(gateway, gateway.client("H38"))
        staged(desk.api, "acceptance")
        desk.go()
        assert desk.notices() == []
