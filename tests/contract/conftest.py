"""A gateway with a filled catalogue, and the credentials of a client of its whole province."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from pydantic import AnyHttpUrl

from app.access import use_cases as access
from app.access.domain import Scope
from app.codes import AgencyCode
from app.dossiers.store.received import add_file
from app.errands.domain import Patience, Told
from app.errands.routes.land import LAND_HANDOVERS
from app.errands.routes.placing import JUDICIAL_RECORDS, POSTAL_ORDERS
from app.errands.schemas.judicial import RECORD
from app.errands.schemas.land import HANDOVER, RETURN
from app.errands.schemas.postal import ORDER
from app.errands.schemas.tracking import TRACKING
from app.errands.use_cases import note_standing
from app.facades.forwarding import use_cases as forwarding
from app.notices.domain.channels import Channel
from app.notices.use_cases.following import Wish
from app.notices.use_cases.manners import manner_of
from app.platform.sealing import sealer_of
from app.platform.settings import Settings
from app.public_services.schemas.following import CONFIRM, FOLLOW
from app.public_services.use_cases import following
from app.webhooks.schemas import EXAMPLE as WEBHOOK
from tests.acting import BEFORE, staged
from tests.acting import done as acted
from tests.broker.shared import places as broker_places
from tests.builders import a_dossier, seed_catalogue
from tests.documents.packets import a_packet, report, sent
from tests.errands.post_office import placed
from tests.facades.destination import serving
from tests.gateway import Api, Gateway
from tests.lookups.nation import Nation
from tests.payments.platform import Platform, online, started
from tests.reports.reporting import FORM, FORMS, PERIOD, accepted, begun, done
from tests.uploads import link_of, uploaded

_ACTS = "/v1/dossiers/{code}/"
_ONLINE = online("{code}")
_OF_FORMS = ("prefill", "sum", "sum.csv", "punctuality", "handovers")
_WEBHOOKS = [
    f"/v1/webhooks/{{id}}{path}"
    for path in (
        "", "/secret", "/deliveries", "/closing", "/enabling", "/secret-rotations", "/tests",
        "/replay",
    )
]  # fmt: skip

Credentials = tuple[str, str]


@pytest.fixture
def settings(settings: Settings) -> Settings:
    return settings.model_copy(update={"sms_url": AnyHttpUrl("http://nation.test/")})


@pytest.fixture
def knowing(gateway: Gateway, tmp_path: Path) -> Gateway:
    seed_catalogue(gateway)
    Nation(gateway, tmp_path).connect()
    return gateway


@pytest.fixture
def credentials(knowing: Gateway) -> Credentials:
    client, secret = knowing.transact(
        access.register,
        knowing.clock,
        name="contract",
        member=AgencyCode("H38"),
        scopes=[scope.value for scope in Scope],
    )
    return client.client_id, secret


@pytest.fixture
def token(knowing: Gateway, credentials: Credentials) -> str:
    form = {"grant_type": "client_credentials"}
    answer = knowing.http.post("/oauth2/token", data=form, auth=credentials)
    return str(answer.json()["access_token"])


@dataclass(frozen=True, slots=True)
class Records:
    """One record of each kind that the gateway holds."""

    tracking_code: str
    places: dict[str, dict[str, str]]
    """What stands in the places of each address of the document that has any."""
    api: Api
    secrets: dict[str, str]
    """Tracking codes of opinions by their codes."""

    def tracking_code_of(self, path: str) -> str:
        """Return the tracking code that opens what stands in an address."""
        code = self.places.get(path, {}).get("code", "")
        return self.secrets.get(code, self.tracking_code)

    def ready(self, path: str) -> dict[str, str]:
        """Return what stands in an address so that its example can be sent there."""
        act = {_ONLINE: "payments"}.get(path, path.removeprefix(_ACTS))
        return self.places[path] | ({"code": staged(self.api, act)} if act in BEFORE else {})


@pytest.fixture
def destination(knowing: Gateway) -> Iterator[str]:
    """Code of a destination that answers."""
    with serving() as service:
        knowing.transact(forwarding.register, knowing.clock, dstcode="VN:GOV:x:y", url=service.url)
        yield "VN:GOV:x:y"


def _opinions(api: Api) -> tuple[Any, Any]:
    """Return what was said of an opinion that waits, and of one that is answered."""
    opinion = {"kind": "report", "agency_code": "H38.12", "content": "?"}
    said, answered = (api.post("/v1/opinions", json=opinion).json() for _ in range(2))
    reply = {"content": "!", "answered_by": "Lê Thị Ví Dụ"}
    api.post(f"/v1/opinions/{answered['code']}/answer", json=reply)
    return said, answered


def _places_of(said: Any, answered: Any) -> dict[str, dict[str, str]]:
    """Return where an opinion that waits stands, and one that is answered."""
    return {
        "/v1/public-services/opinions/{code}": {"code": answered["code"]},
        "/v1/public-services/opinions/{code}/rating": {"code": answered["code"]},
        "/v1/opinions/{code}": {"code": said["code"]},
        "/v1/opinions/{code}/answer": {"code": said["code"]},
    }


def _documents(api: Api) -> dict[str, dict[str, str]]:
    """Send a document, and one that is over, and return where they stand."""
    document = {"id": sent(api, a_packet("H38.61"))["id"]}
    finished = {"id": sent(api, a_packet("H38.61", number="7"))["id"]}
    for status in ("03", "06"):
        report(api, finished["id"], status)
    return {
        "/v1/documents/{id}": document,
        "/v1/documents/{id}/edxml": document,
        "/v1/documents/{id}/attachments/{n}": document | {"n": "1"},
        "/v1/documents/{id}/statuses": document,
        "/v1/documents/{id}/timeline": document,
        "/v1/documents/{id}/receipt": document,
        "/v1/documents/{id}/duties": document,
        "/v1/documents/{id}/archive-package": finished,
        "/v1/documents/{id}/signatures": document,
    }


@pytest.fixture
def records(knowing: Gateway, token: str, destination: str) -> Records:
    api = Api(knowing.http, token)
    dossier = api.post("/v1/dossiers", json=a_dossier()).json()
    code = {"code": dossier["code"]}
    file = uploaded(api)["id"]
    said, answered = _opinions(api)
    paper = {"name": "don.pdf", "file_id": file}
    born = api.post("/v1/dossiers", json=a_dossier(attachments=[paper])).json()
    knowing.transact(add_file, file, number=1, reference="/don.pdf")
    places: dict[str, dict[str, Any]] = {
        "/v1/members/{code}": {"code": "H38.12"},
        "/v1/procedures/{code}": {"code": "1.003560.H38"},
        "/v1/provinces/{code}/communes": api.get("/v1/provinces").json()["items"][0],
        "/v1/dossiers/{code}": code,
        "/v1/dossiers/{code}/progress": code,
        "/v1/dossiers/{code}/notices/{form}": code | {"form": "06"},
        "/v1/dossiers/{code}/received": {"code": born["code"]},
        "/v1/public-services/dossiers/{code}": code,
        "/v1/files/{id}": {"id": file},
        "/files/{id}": {"id": link_of(api, file).removeprefix("/files/")},
        "/v1/public-services/dossiers/{code}/qr": code,
        "/v1/public-services/{procedure}": {"procedure": "1.003560.H38"},
        "/v1/public-services/{procedure}/decisions": {"procedure": "1.003560.H38"},
        **_places_of(said, answered),
        **_documents(api),
        **_errands(knowing, api),
        "/problems/{slug}": {"slug": "not-json"},
        "/XrdAdapter/RestService/forward/{path}": {"path": f"x?dstcode={destination}"},
    }
    places |= _reports(api)
    places[_ONLINE] = code
    places[f"{_ONLINE}/{{reference}}/receipt"] = _paid(knowing, api)
    places |= broker_places(knowing, api)
    places |= {_ACTS + act: code | {"number": "1"} for act in BEFORE}
    places |= _told(knowing, api, dossier)
    secrets = {one["code"]: one["tracking_code"] for one in (said, answered)}
    return Records(dossier["tracking_code"], places, api, secrets)


def _errands(gateway: Gateway, api: Api) -> dict[str, dict[str, str]]:
    """Place an order, and a record that brought its paper, and return where they stand."""
    tracked = a_dossier(code=TRACKING["dossier_code"])
    code = {"code": api.post("/v1/dossiers", json=tracked).json()["code"]}
    order = placed(api, POSTAL_ORDERS, ORDER | {"number": "GIADINH-1"})
    record = placed(api, JUDICIAL_RECORDS, RECORD | {"number": "GIADINH-1"})
    told = Told("9", "Đã xử lý xong", ends=True, result={"pdf": "JVBERi0="})
    patience = Patience(timedelta(hours=1), timedelta(days=1))
    gateway.transact(note_standing, gateway.clock, record["id"], told, patience)
    land = _land(api)
    return {
        "/v1/errands/{id}": {"id": order["id"]},
        "/v1/errands/{id}/paper": {"id": record["id"]},
        "/v1/postal-orders/{id}/cancellation": {"id": order["id"]},
        "/v1/dossiers/{code}/errands": code,
        "/v1/dossiers/{code}/tax-notices": {"code": land},
        "/v1/dossiers/{code}/tax-vouchers": {"code": land},
    }


def _land(api: Api) -> str:
    """Have a dossier ready to be handed over, and one whose result came back; return that."""
    staged(api, "forwardings", code=HANDOVER["dossier_code"])
    code = staged(api, "forwardings", code=RETURN["dossier_code"])
    placed(api, LAND_HANDOVERS, HANDOVER | {"dossier_code": code})
    for act in ("supplements", "supplements/{number}/receipt", "completion", "results"):
        acted(api, code, act)
    return code


def _reports(api: Api) -> dict[str, dict[str, str]]:
    """Begin, submit and accept reports, hand their sum on, and return where they stand."""
    draft = begun(api, "H38.12")
    waiting = begun(api, "H38.13")
    done(api, waiting, "submission")
    accepted(api, "H38.45")
    body = {"period": PERIOD, "agency_code": "H38", "missing_reason": "x"}
    handover = api.post(f"{FORMS}/handovers", json=body).json()["id"]
    form = {"form": FORM}
    found = {f"/v1/report-forms/{{form}}/{name}": form for name in _OF_FORMS}
    of_report = {"submission": draft, "values": draft, "acceptance": waiting, "return": waiting}
    found |= {f"/v1/reports/{{id}}/{act}": {"id": one} for act, one in of_report.items()}
    return found | {
        "/v1/report-forms/{form}": form,
        "/v1/reports/{id}": {"id": draft},
        "/v1/report-handovers/{id}": {"id": handover},
    }


def _told(gateway: Gateway, api: Api, dossier: dict[str, Any]) -> dict[str, dict[str, str]]:
    """Subscribe a webhook and a follower, and return where they stand."""
    code = {"code": dossier["code"]}
    webhook = {"id": _webhook(api)}
    follower = code | {"id": _follower(gateway, dossier)}
    follow = "/v1/public-services/dossiers/{code}/followers"
    return {
        **dict.fromkeys(_WEBHOOKS, webhook),
        follow: code,
        "/v1/notices/silences/{code}": code,
        "/v1/notices/owners/{code}": code,
        f"{follow}/{{id}}/confirmation": follower,
        f"{follow}/{{id}}/ending": follower,
    }


def _follower(gateway: Gateway, dossier: dict[str, Any]) -> str:
    """Return a follower who may confirm with the code of the example."""
    sealer = sealer_of(gateway.settings)
    assert sealer is not None
    made = gateway.transact(
        following.follow,
        gateway.clock,
        (sealer, manner_of(gateway.settings)),
        held=following.Held(dossier["code"], dossier["tracking_code"], ""),
        wish=Wish(Channel.SMS, FOLLOW["address"], CONFIRM["code"], "0" * 64),
    )
    return made.follower_id


def _webhook(api: Api) -> str:
    """Return a webhook."""
    return str(api.post("/v1/webhooks", json=WEBHOOK).json()["id"])


def _paid(gateway: Gateway, api: Api) -> dict[str, str]:
    """Connect a payment platform, and return where a paid fee stands."""
    platform = Platform(gateway, api).connect()
    code, begun = started(api)
    reference = str(begun["reference"])
    assert platform.confirm(reference).json()["MaLoi"] == "00"
    platform.order(reference).state = "1"
    return {"code": code, "reference": reference}
