"""Being told of changes: whoever holds the tracking code, at an address that confirmed."""

import re
from typing import Any

import httpx
import pytest
from sqlalchemy import select

from app.notices.tables import followers
from app.platform.settings import Settings
from tests.acting import done, staged
from tests.builders import seed_catalogue
from tests.gateway import Gateway
from tests.notices.desk import Desk

WISH = {"channel": "sms", "address": "0000000222"}
FOLLOWER = "84000000222"


def path(code: str) -> str:
    return f"/v1/public-services/dossiers/{code}/followers"


def held(desk: Desk, code: str) -> dict[str, str]:
    tracking = desk.api.get(f"/v1/dossiers/{code}").json()["tracking_code"]
    return {"X-Tracking-Code": tracking}


def post(desk: Desk, where: str, code: str, body: dict[str, Any], **headers: str) -> httpx.Response:
    every = {"Idempotency-Key": f"{len(desk.inbox)}-{where}"} | held(desk, code) | headers
    http: httpx.Client = desk.gateway.http
    return http.post(where, json=body, headers=every)


def wished(desk: Desk, code: str) -> str:
    answer = post(desk, path(code), code, WISH)
    assert answer.status_code == 201, answer.text
    desk.send()
    return str(answer.json()["id"])


def code_sent(desk: Desk) -> str:
    text = next(one.text for one in reversed(desk.inbox) if one.to == FOLLOWER)
    found = re.search(r": ([0-9]{6})\.", text)
    assert found is not None
    return found[1]


def confirmed(desk: Desk, code: str) -> str:
    follower = wished(desk, code)
    where = f"{path(code)}/{follower}/confirmation"
    answer = post(desk, where, code, {"code": code_sent(desk)})
    assert (answer.status_code, answer.json()["is_confirmed"]) == (201, True)
    return follower


def test_who_does_not_hold_the_code_learns_nothing(desk: Desk) -> None:
    code = staged(desk.api, "acceptance")
    for where in (path(code), f"{path(code)}/x/confirmation", f"{path(code)}/x/ending"):
        body = WISH if where == path(code) else {"code": "000000"} if "conf" in where else {}
        answer = post(desk, where, code, body, **{"X-Tracking-Code": "WRONG"})
        assert (answer.status_code, answer.json()["type"]) == (404, "/problems/status-not-shown")


def test_a_follower_is_told_after_confirming_and_not_before(desk: Desk) -> None:
    code = staged(desk.api, "supplements")
    follower = wished(desk, code)
    done(desk.api, code, "supplements")
    desk.go()
    assert [one.to for one in desk.inbox].count(FOLLOWER) == 1
    answer = post(desk, f"{path(code)}/{follower}/confirmation", code, {"code": code_sent(desk)})
    assert answer.status_code == 201
    done(desk.api, code, "supplements/{number}/receipt")
    done(desk.api, code, "completion")
    desk.go()
    assert [one.to for one in desk.inbox].count(FOLLOWER) == 2
    audiences = {one["audience"] for one in desk.notices(dossier=code)}
    assert audiences == {"owner", f"follower:{follower}"}


def test_who_ended_it_is_told_nothing_more(desk: Desk) -> None:
    code = staged(desk.api, "completion")
    follower = confirmed(desk, code)
    ended = post(desk, f"{path(code)}/{follower}/ending", code, {})
    assert (ended.status_code, ended.json()["is_ended"]) == (201, True)
    done(desk.api, code, "completion")
    desk.go()
    assert [one.to for one in desk.inbox].count(FOLLOWER) == 1
    again = post(desk, f"{path(code)}/{follower}/ending", code, {})
    assert again.status_code == 404


def test_five_wrong_codes_and_the_right_one_is_good_no_more(desk: Desk) -> None:
    code = staged(desk.api, "acceptance")
    where = f"{path(code)}/{wished(desk, code)}/confirmation"
    right = code_sent(desk)
    wrong = f"{(int(right) + 1) % 10**6:06d}"
    for _ in range(5):
        assert post(desk, where, code, {"code": wrong}).status_code == 404
    assert post(desk, where, code, {"code": right}).status_code == 404


def test_a_code_runs_out(desk: Desk) -> None:
    code = staged(desk.api, "acceptance")
    where = f"{path(code)}/{wished(desk, code)}/confirmation"
    desk.pass_time(minutes=15)
    assert post(desk, where, code, {"code": code_sent(desk)}).status_code == 404


def test_the_follower_of_another_dossier_is_not_there(desk: Desk) -> None:
    mine, other = (staged(desk.api, "acceptance") for _ in range(2))
    follower = wished(desk, mine)
    where = f"{path(other)}/{follower}/confirmation"
    assert post(desk, where, other, {"code": code_sent(desk)}).status_code == 404


@pytest.mark.parametrize(
    ("wish", "slug"),
    [
        ({"channel": "sms", "address": "khong-phai-so"}, "invalid-address"),
        ({"channel": "email", "address": "a@example.vn"}, "channel-not-offered"),
        ({"channel": "fax", "address": "0000000222"}, "invalid-input"),
    ],
)
def test_a_wish_that_cannot_be_granted_is_refused(
    desk: Desk, wish: dict[str, str], slug: str
) -> None:
    code = staged(desk.api, "acceptance")
    assert post(desk, path(code), code, wish).json()["type"] == f"/problems/{slug}"


def test_a_dossier_has_only_so_many_followers(desk: Desk) -> None:
    code = staged(desk.api, "acceptance")
    answers = [
        post(desk, path(code), code, WISH, **{"Idempotency-Key": f"k{number}"}).status_code
        for number in range(6)
    ]
    assert answers == [201] * 5 + [409]
    desk.pass_time(days=1)
    assert post(desk, path(code), code, WISH, **{"Idempotency-Key": "k9"}).status_code == 201


def test_ending_a_wish_does_not_let_one_send_codes_without_end(desk: Desk) -> None:
    code = staged(desk.api, "acceptance")
    for number in range(5):
        key = {"Idempotency-Key": f"k{number}"}
        made = post(desk, path(code), code, WISH, **key).json()["id"]
        assert post(desk, f"{path(code)}/{made}/ending", code, {}).status_code == 201
    assert post(desk, path(code), code, WISH, **{"Idempotency-Key": "k9"}).status_code == 409


def test_the_address_is_kept_sealed_and_shown_masked(desk: Desk) -> None:
    code = staged(desk.api, "acceptance")
    answer = post(desk, path(code), code, WISH)
    assert answer.json()["recipient"] == "8400*****22"
    row = desk.gateway.transact(
        lambda connection: connection.execute(select(followers)).mappings().one()
    )
    kept = str({name: bytes(v) if name == "sealed" else v for name, v in row.items()})
    assert FOLLOWER not in kept
    assert WISH["address"] not in kept + answer.text + str(answer.headers)


class TestWithoutAKey:
    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return settings.model_copy(update={"encryption_key_file": None})

    def test_nobody_follows_where_no_address_can_be_kept(self, gateway: Gateway) -> None:
        seed_catalogue(gateway)
        desk = Desk(gateway, gateway.client("H38"))
        code = staged(desk.api, "acceptance")
        assert post(desk, path(code), code, WISH).status_code == 503
