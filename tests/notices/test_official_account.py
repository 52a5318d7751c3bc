"""Messages of the Official Account: to whoever follows it, in the body that is set."""

import asyncio
from pathlib import Path
from typing import Any

import httpx
import pytest
from pydantic import SecretStr, ValidationError
from sqlalchemy import select
from structlog.testing import capture_logs

from app.access.domain import Scope
from app.codes import DossierCode
from app.exchange.messaging.official_account import filled
from app.exchange.messaging.tokens import Application, ZaloTokens
from app.notices.tables import owner_users
from app.notices.use_cases import resealing
from app.notices.use_cases.owning import user_of
from app.platform.sealing import new_sealing_key, sealer_of
from app.platform.settings import Settings
from mock_ngsp.faults import Fault
from mock_ngsp.front import Nation
from mock_ngsp.messages import inbox
from mock_ngsp.messages.service import TOKEN
from tests.acting import done, staged
from tests.builders import evidence_of
from tests.contract.test_messaging import LETTER
from tests.lookups.nation import refusal_of
from tests.notices.conftest import official_account, zalo
from tests.notices.desk import NATION, Desk
from tests.notices.test_following import path, post

USER, NOBODY, STRANGER = (f"9999000000000000{end}" for end in ("001", "404", "403"))


@pytest.fixture
def settings(settings: Settings, tmp_path: Path) -> Settings:
    return settings.model_copy(update=official_account(tmp_path))


def followed(desk: Desk, code: str, user: str = USER) -> httpx.Response:
    return post(desk, path(code), code, {"channel": "oa", "address": user})


def known(desk: Desk, code: str, user: str | None = USER) -> httpx.Response:
    return desk.api.post(f"/v1/notices/owners/{code}", json={"zalo_user_id": user})


def codes_sent(desk: Desk) -> list[dict[str, Any]]:
    return [one for one in desk.notices() if one["kind"] == "confirm"]


def test_a_follower_is_told_by_the_account(desk: Desk) -> None:
    code = staged(desk.api, "completion")
    follower = followed(desk, code).json()
    assert follower["recipient"] == "9999*****01"
    desk.send()
    (arrived,) = desk.inbox
    assert (arrived.wire, arrived.to) == ("oa_message", USER)
    secret = arrived.text.partition(": ")[2][:6]
    where = f"{path(code)}/{follower['id']}/confirmation"
    assert post(desk, where, code, {"code": secret}).json()["is_confirmed"] is True
    done(desk.api, code, "completion")
    desk.go()
    told = next(one.text for one in desk.inbox if one.to == USER and "có kết quả" in one.text)
    assert told.splitlines()[1].startswith(f"Hồ sơ {code} (")
    assert desk.notices(dossier=code)[-1]["channel"] == "oa"


@pytest.mark.parametrize(
    ("user", "why"),
    [
        (NOBODY, "oa:zalo-201 không có người dùng này"),
        (STRANGER, "oa:zalo-213 người nhận chưa quan tâm Official Account"),
    ],
)
def test_who_cannot_be_written_to_is_refused_in_words(desk: Desk, user: str, why: str) -> None:
    followed(desk, staged(desk.api, "acceptance"), user)
    desk.send()
    (notice,) = codes_sent(desk)
    assert (notice["state"], notice["reason"], notice["attempts"]) == ("failed", why, 1)
    assert desk.inbox == []


def test_what_is_down_or_means_nothing_is_tried_again(desk: Desk) -> None:
    for end in ("503", "422"):
        followed(desk, staged(desk.api, "acceptance"), f"9999000000000000{end}")
    desk.send()
    assert [(one["state"], one["attempts"]) for one in codes_sent(desk)] == [("owed", 1)] * 2


def test_a_code_that_nobody_foresaw_is_tried_again(desk: Desk) -> None:
    desk.universe.inbox.revoke()
    desk.universe.faults.add(Fault("oa_message", 1, status=503))
    followed(desk, staged(desk.api, "acceptance"))
    desk.send()
    desk.pass_time(seconds=5)
    desk.send()
    (notice,) = codes_sent(desk)
    assert (notice["state"], notice["attempts"]) == ("sent", 2)


def test_a_token_that_is_refused_is_renewed_at_once(desk: Desk) -> None:
    for _ in range(2):
        followed(desk, staged(desk.api, "acceptance"))
        desk.send()
        desk.universe.inbox.revoke()
    assert len(desk.inbox) == 2


def test_of_several_that_find_no_token_one_renews(desk: Desk) -> None:
    context, universe = desk.gateway.context, desk.universe
    sealer = sealer_of(context.settings)
    assert sealer is not None
    secrets = (SecretStr(inbox.ZALO_SECRET), SecretStr(inbox.FIRST_REFRESH))
    application = Application(f"{NATION}{TOKEN}", "1", *secrets)

    async def ask() -> set[object]:
        transport = httpx.ASGITransport(Nation(universe))
        async with httpx.AsyncClient(transport=transport) as http:
            tokens = ZaloTokens(http, application, context.database, context.clock, sealer)
            return set(await asyncio.gather(*(tokens.current() for _ in range(5))))

    (token,) = desk.run(ask)
    assert isinstance(token, str)


def test_gaps_are_filled_wherever_they_stand() -> None:
    body = {"to": ["{user_id}"], "say": {"text": "» {text}", "id": "{message_id}", "ttl": 5}}
    assert filled(body, LETTER) == {
        "to": [LETTER.to],
        "say": {"text": f"» {LETTER.text}", "id": LETTER.message_id, "ttl": 5},
    }


def test_a_body_without_its_gaps_is_no_setting() -> None:
    with pytest.raises(ValidationError, match="must stand in it"):
        Settings(zalo_oa_body={"to": "{user_id}"})


class TestOwners:
    """An owner whose user id is known; behind the account come ZNS and SMS."""

    @pytest.fixture
    def settings(self, settings: Settings, tmp_path: Path) -> Settings:
        return settings.model_copy(update={"zalo_url": zalo(tmp_path)["zalo_url"]})

    @pytest.fixture
    def code(self, desk: Desk) -> str:
        code = staged(desk.api, "supplements")
        done(desk.api, code, "supplements")
        return code

    def test_whose_user_id_is_known_is_told_by_the_account(self, desk: Desk, code: str) -> None:
        assert known(desk, code).json() == {"dossier_code": code, "recipient": "9999*****01"}
        desk.go()
        (arrived,) = desk.inbox
        assert (arrived.wire, arrived.to) == ("oa_message", USER)
        assert arrived.text.splitlines()[1].startswith(f"Hồ sơ {code} (")
        notice = desk.notices(dossier=code)[-1]
        assert (notice["channel"], notice["recipient"]) == ("oa", "9999*****01")
        assert notice["reason"] is None

    def test_who_does_not_follow_gets_a_zns_and_it_says_why(self, desk: Desk, code: str) -> None:
        known(desk, code, STRANGER)
        desk.go()
        assert [one.wire for one in desk.inbox] == ["template"]
        notice = desk.notices(dossier=code)[-1]
        assert (notice["state"], notice["channel"]) == ("sent", "zalo")
        assert notice["reason"] == "oa:zalo-213 người nhận chưa quan tâm Official Account"

    def test_a_later_user_id_replaces_the_first_and_null_forgets_it(
        self, desk: Desk, code: str
    ) -> None:
        known(desk, code, NOBODY)
        known(desk, code)
        desk.go()
        assert [one.wire for one in desk.inbox] == ["oa_message"]
        assert known(desk, code, None).json()["recipient"] is None
        done(desk.api, code, "supplements/{number}/receipt")
        desk.tell()
        desk.pass_time(hours=1)
        desk.send()
        assert [one.wire for one in desk.inbox] == ["oa_message", "template"]

    def test_it_is_kept_sealed_and_told_to_nobody(self, desk: Desk, code: str) -> None:
        with capture_logs() as logs:
            answer = known(desk, code)
            desk.go()
        row = desk.gateway.transact(
            lambda connection: connection.execute(select(owner_users)).mappings().one()
        )
        assert USER not in str({**row, "sealed": bytes(row["sealed"])})
        shown = desk.api.get(f"/v1/dossiers/{code}").text + desk.api.get("/v1/notices").text
        metrics = desk.gateway.http.get("/metrics").text
        assert USER not in answer.text + shown + str(logs) + metrics
        acts = [one.act for one in evidence_of(desk.gateway, f"dossier:{code}")]
        assert acts[-2:] == ["notice.user", "notice.send"]

    def test_a_new_key_reads_what_was_resealed_under_it(
        self, desk: Desk, code: str, tmp_path: Path
    ) -> None:
        known(desk, code)
        followed(desk, code)
        settings, file = desk.gateway.context.settings, tmp_path / "new-key"
        file.write_text(new_sealing_key())
        alone = sealer_of(settings.model_copy(update={"encryption_key_file": file}))
        changes = {"previous_encryption_key_file": settings.encryption_key_file}
        both = sealer_of(settings.model_copy(update=changes | {"encryption_key_file": file}))
        assert alone is not None
        assert both is not None
        user = desk.gateway.transact(user_of, alone, DossierCode(code))
        assert (user, desk.gateway.transact(resealing.reseal, both)) == (None, 2)
        assert desk.gateway.transact(user_of, alone, DossierCode(code)) == USER
        assert desk.gateway.transact(resealing.reseal, alone) == 2

    def test_refusals(self, desk: Desk, code: str) -> None:
        where, body = f"/v1/notices/owners/{code}", {"zalo_user_id": USER}
        assert desk.gateway.http.post(where, json=body).status_code == 401
        reader = desk.gateway.client("H38", Scope.READ_NOTICES)
        assert reader.post(where, json=body).status_code == 403
        stranger = desk.gateway.client("H39")
        assert refusal_of(stranger.post(where, json=body)) == (404, "unknown-dossier")
        for wrong in ("9999 0000 0001", "ngắn", "9" * 65):
            answer = known(desk, code, wrong)
            assert answer.status_code == 422
            assert answer.json()["errors"][0]["pointer"] == "/zalo_user_id"
            assert wrong not in answer.text
        assert desk.api.post(where, json={}).status_code == 422


class TestWithoutAKey:
    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return settings.model_copy(update={"encryption_key_file": None})

    def test_no_user_id_is_kept_where_it_cannot_be_sealed(self, desk: Desk) -> None:
        code = staged(desk.api, "acceptance")
        assert refusal_of(known(desk, code)) == (503, "channel-not-offered")
