"""The list of bad input: each is refused by name, leaves its evidence alone, and harms nobody."""

from datetime import timedelta

import httpx
import pytest
from pydantic import SecretStr
from sqlalchemy import Connection, func, select
from typing_extensions import override

from app.evidence.tables import evidence, unauthenticated_refusals
from app.exchange.vxp.client import VxpClient
from app.platform.schema import metadata
from app.platform.settings import Settings
from app.refusals import Refusals
from mock_ngsp.front import Nation
from mock_ngsp.universe import Universe
from tests.builders import a_dossier
from tests.contract.bad_requests import LIMIT, Bad, Scene, cases
from tests.contract.conftest import Credentials
from tests.documents.axis import Connected
from tests.documents.packets import Refusal, a_packet, sent
from tests.gateway import Api, Gateway
from tests.mock_ngsp.driving import H38, H53, AxisCaller, nation

_PREPARING = ("token.issue", "client.revoke")
_TRACES = {evidence.name, unauthenticated_refusals.name}


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"max_body_bytes": LIMIT})


@pytest.fixture
def scene(knowing: Gateway, credentials: Credentials) -> Scene:
    api = knowing.client("H38")
    dossier = api.post("/v1/dossiers", json=a_dossier()).json()["code"]
    return Scene(knowing, api, credentials, dossier)


def _rows(connection: Connection) -> dict[str, int]:
    return {
        table.name: connection.execute(select(func.count()).select_from(table)).scalar_one()
        for table in metadata.sorted_tables
        if table.name not in _TRACES
    }


def _outcomes(connection: Connection) -> list[str]:
    """Return how every act ended, but for those by which a bad request is prepared."""
    acts = select(evidence.c.outcome).where(evidence.c.act.not_in(_PREPARING))
    return list(connection.execute(acts.order_by(evidence.c.number)).scalars())


def _strangers(gateway: Gateway) -> int:
    """Count the refusals of callers nobody knows."""
    refusals: Refusals = gateway.http.app.state.refusals  # type: ignore[attr-defined]
    assert gateway.http.portal is not None
    gateway.http.portal.call(refusals.flush)
    number = select(func.coalesce(func.sum(unauthenticated_refusals.c.number), 0))
    return int(gateway.transact(lambda connection: connection.execute(number).scalar_one()))


@pytest.mark.parametrize("bad", list(cases()), ids=lambda bad: bad.name)
def test_bad_input_is_refused_by_name_and_leaves_only_its_trace(scene: Scene, bad: Bad) -> None:
    gateway = scene.gateway
    rows, outcomes = gateway.transact(_rows), gateway.transact(_outcomes)
    answer = bad.send(scene)
    assert Refusal.of(answer) == Refusal(bad.status, bad.slug, bad.pointers)
    assert gateway.transact(_rows) == rows
    assert gateway.transact(_outcomes) == outcomes + [bad.slug] * bad.known
    assert _strangers(gateway) == (bad.status == 401)
    assert gateway.client("H38").post("/v1/dossiers", json=a_dossier()).status_code == 201


def test_a_wrong_hmac_is_refused_by_the_axis_and_leaves_nothing_there() -> None:
    universe = Universe()
    with nation(universe) as axis:
        refusal = AxisCaller(axis, H38, "another secret").send()
        assert (refusal["status"], refusal["ErrorCode"]) == ("FAIL", "1003")
        assert refusal["DocId"] == "0"
        assert AxisCaller(axis, H53).inbox() == []
        assert AxisCaller(axis, H38).send()["status"] == "OK"
        assert len(AxisCaller(axis, H53).inbox()) == 1


class Mistaken(Connected):
    """A gateway whose secret for the axis is wrong."""

    @override
    def client(self, system: str | None = None) -> VxpClient:
        http = httpx.AsyncClient(transport=httpx.ASGITransport(Nation(self.universe)))
        return VxpClient(http, "http://axis.test", H38, SecretStr("wrong"), self.gateway.clock)


def test_a_document_refused_for_a_wrong_hmac_stays_owed_and_goes_with_the_right_one(
    knowing: Gateway,
) -> None:
    universe, api = Universe(), knowing.client("H38")
    document = sent(api, a_packet("H53.71"))["id"]
    rows = knowing.transact(_rows)
    assert Mistaken(knowing, universe).relay() == 1
    assert knowing.transact(_rows) == rows
    assert _delivery(api, document) == "queued"
    assert list(universe.deliveries.waiting(H53)) == []
    knowing.clock.advance(timedelta(minutes=20))
    assert Connected(knowing, universe).relay() == 1
    assert _delivery(api, document) == "sent"


def _delivery(api: Api, document: str) -> object:
    return api.get(f"/v1/documents/{document}").json()["recipients"][0]["delivery"]
