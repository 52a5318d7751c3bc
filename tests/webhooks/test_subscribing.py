"""Subscribing, and who may see and change a subscription."""

from typing import Any

import pytest

from app.access.domain import Scope
from app.platform.settings import Settings
from tests.builders import seed_catalogue
from tests.gateway import Gateway
from tests.webhooks.office import PATH, Office

GOOD = {"url": "https://mot-cua.example.vn/hook", "event_types": ["*"], "description": "Thử"}
ACTS: dict[str, dict[str, Any]] = {
    "closing": {},
    "enabling": {},
    "secret-rotations": {},
    "tests": {},
    "replay": {"since": "2026-11-02T00:00:00+07:00"},
}


def test_nobody_subscribes_without_a_token(office: Office) -> None:
    answer = office.gateway.http.post(PATH, json=GOOD)
    assert answer.status_code == 401


def test_subscribing_wants_its_scope(office: Office) -> None:
    reader = office.gateway.client("H38", Scope.READ_DOSSIERS)
    assert reader.post(PATH, json=GOOD).status_code == 403


@pytest.mark.parametrize(
    ("scope", "types", "wanted"),
    [
        (Scope.READ_DOCUMENTS, ["dossier.accept"], "dossiers:read"),
        (Scope.READ_DOSSIERS, ["*"], "documents:read"),
        (Scope.READ_DOSSIERS, ["document.*"], "documents:read"),
    ],
)
def test_who_may_not_read_something_is_not_told_of_it(
    office: Office, scope: Scope, types: list[str], wanted: str
) -> None:
    caller = office.gateway.client("H38", Scope.MANAGE_WEBHOOKS, scope)
    answer = caller.post(PATH, json=GOOD | {"event_types": types})
    assert (answer.status_code, answer.json()["scope"]) == (403, wanted)


def test_the_webhook_of_another_member_is_not_there(office: Office) -> None:
    webhook, stranger = office.subscribe(), office.gateway.client("H38.12")
    paths = ["", "/secret", "/deliveries"]
    read = [stranger.get(f"{PATH}/{webhook}{path}").status_code for path in paths]
    acts = [
        stranger.post(f"{PATH}/{webhook}/{act}", json=body).status_code
        for act, body in ACTS.items()
    ]
    assert set(read + acts) == {404}
    assert stranger.get(PATH).json()["items"] == []


def test_a_member_sees_webhooks_of_units_below_it(office: Office) -> None:
    below = office.subscribe(api=office.gateway.client("H38.12"))
    assert [one["id"] for one in office.api.get(PATH).json()["items"]] == [below]


@pytest.mark.parametrize("pattern", ["dossier.nothing", "docs.*", "*.accept", "dossier.acce*"])
def test_an_event_type_that_means_nothing_is_refused(office: Office, pattern: str) -> None:
    answer = office.ask("dossier.accept", pattern)
    assert answer.status_code == 422
    assert answer.json()["errors"][0]["pointer"] == "/event_types/1"


def test_a_repeated_subscription_is_one(office: Office) -> None:
    body = GOOD | {"url": f"{office.service.url}/hook"}
    first = office.api.post(PATH, json=body, key="one")
    assert office.api.post(PATH, json=body, key="one").content == first.content
    assert len(office.api.get(PATH).json()["items"]) == 1


def test_no_answer_that_is_kept_has_the_secret(office: Office) -> None:
    answer = office.ask()
    assert "whsec" not in answer.text
    assert office.secret(answer.json()["id"]).startswith("whsec_")


def test_a_member_has_only_so_many(office: Office) -> None:
    made = [office.ask().status_code for _ in range(21)]
    assert made == [201] * 20 + [409]
    office.do(office.api.get(PATH).json()["items"][0]["id"], "closing")
    assert office.ask().status_code == 201


def test_every_act_leaves_evidence(office: Office) -> None:
    webhook = office.subscribe()
    office.secret(webhook)
    for act, body in ACTS.items():
        if act != "closing":
            office.do(webhook, act, **body)
    office.do(webhook, "closing")
    entries = office.api.get("/v1/evidence", params={"subject": f"webhook:{webhook}"}).json()
    assert [one["act"] for one in entries["items"]] == [
        "webhook.close",
        "webhook.replay",
        "webhook.test",
        "webhook.secret.rotate",
        "webhook.enable",
        "webhook.secret.read",
        "webhook.subscribe",
    ]


def test_a_closed_webhook_stays_closed(office: Office) -> None:
    webhook = office.subscribe()
    office.do(webhook, "closing")
    for act in ("enabling", "tests", "replay"):
        answer = office.api.post(f"{PATH}/{webhook}/{act}", json=ACTS[act])
        assert (answer.status_code, answer.json()["state"]) == (409, "closed")
        assert answer.json()["detail"] == "Webhook đang ở trạng thái “Đã đóng”."


def test_what_is_told_and_how_often_is_published(office: Office) -> None:
    terms = office.api.get(f"{PATH}/event-types").json()
    names = [one["type"] for one in terms["event_types"]]
    assert {"dossier.accept", "document.arrived", "webhook.disabled"} <= set(names)
    assert "dossier.rate" not in names
    assert terms["schedule_seconds"][:3] == [5, 300, 1800]
    assert terms["disabled_after_seconds"] == 5 * 86_400


@pytest.mark.parametrize("body", [{}, {"since": "2026-11-02T00:00:00+07:00", "from_event": "x"}])
def test_a_replay_has_one_beginning(office: Office, body: dict[str, str]) -> None:
    webhook = office.subscribe()
    assert office.api.post(f"{PATH}/{webhook}/replay", json=body).status_code == 422


def test_a_replay_begins_with_an_event_of_the_webhook(office: Office) -> None:
    webhook = office.subscribe()
    answer = office.api.post(f"{PATH}/{webhook}/replay", json={"from_event": "nothing"})
    assert (answer.status_code, answer.json()["type"]) == (
        422,
        "/problems/unknown-webhook-event",
    )


class TestPublicTargets:
    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return settings.model_copy(update={"webhook_private_targets": False})

    @pytest.mark.parametrize(
        "url",
        [
            "http://mot-cua.example.vn/",
            "https://10.0.0.1/",
            "https://localhost/",
            "https://a@b.vn/",
        ],
    )
    def test_a_target_that_is_not_public_is_refused(self, gateway: Gateway, url: str) -> None:
        seed_catalogue(gateway)
        answer = gateway.client("H38").post(PATH, json=GOOD | {"url": url})
        assert (answer.status_code, answer.json()["errors"][0]["pointer"]) == (422, "/url")


class TestWithoutAKey:
    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        return settings.model_copy(update={"encryption_key_file": None})

    def test_nothing_is_subscribed_where_no_secret_can_be_kept(self, gateway: Gateway) -> None:
        answer = gateway.client("H38").post(PATH, json=GOOD)
        assert (answer.status_code, answer.json()["type"]) == (503, "/problems/no-sealing-key")
