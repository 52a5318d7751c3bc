"""20,000 calls, judged by the register and by a reference that shares nothing with it."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from app.access.domain import Client, Scope
from app.broker.domain.deciding import Allowed, Refused
from app.broker.register import Register
from app.codes import AgencyCode
from app.platform.settings import Settings
from tests.broker.reference import Book, Entry, Leave
from tests.broker.shared import address, consumer, done, granted, published, registered
from tests.broker.variants import Variant, calls
from tests.conftest import Tell
from tests.gateway import START, Api, Gateway

SEED = 20261129
NUMBER = 20_000
LAND = [
    ("GET", "/thuaDat/{id}"),
    ("PUT", "/thuaDat/{id}"),
    ("POST", "/thuaDat/timKiem"),
    ("GET", "/thuaDat/{id}/lichSu"),
    ("GET", "/admin"),
    ("POST", "/admin/users"),
    ("GET", "/tep/*"),
    ("*", "/moi/*"),
    ("GET", "/danhMuc/"),
    ("GET", "/{ma}"),
]
GIVEN = [LAND[0], LAND[3], LAND[6], LAND[7], LAND[8], LAND[9]]
CLIENTS = ("client-many", "client-late", "client-stopped", "client-none")
UNTIL = datetime(2027, 1, 1, tzinfo=UTC)


@pytest.fixture
def settings(settings: Settings) -> Settings:
    """The clock stands still, so the register is read once."""
    return settings.model_copy(update={"broker_register_seconds": 1.0})


@pytest.fixture
def book(province: Gateway, keeper: Api) -> Book:
    book = Book(members=dict.fromkeys(CLIENTS, "H38"))
    for client_id in CLIENTS:
        consumer(province, "H38.21", client_id)
    _enter(book, keeper, Entry("land", "1.0", "apiDatDai", LAND, is_default=True))
    _enter(book, keeper, Entry("land", "2.0", "apiDatDai", [("GET", "/admin"), ("GET", "/{a}")]))
    _enter(book, keeper, Entry("people", "p1.0", "apiDanCu", [("*", "*")], is_default=True))
    _enter(book, keeper, Entry("planned", "1.0", "apiDuThao", [("*", "*")], is_served=False))
    far = province.client("H53")
    elsewhere = Entry("far", "1.0", "apiTinhKhac", [("*", "*")], is_default=True, open_to=("H53",))
    _enter(book, far, elsewhere, tenant="H53", shared_with=["H38"])
    _grant(book, far, Leave("client-many", "far", "1.0", None, UNTIL))
    _unshare(far)
    _grant(book, keeper, Leave("client-many", "land", "1.0", GIVEN, UNTIL))
    _grant(book, keeper, Leave("client-many", "land", "2.0", [("GET", "/{a}")], UNTIL))
    _grant(book, keeper, Leave("client-many", "people", "p1.0", None, UNTIL))
    _grant(book, keeper, Leave("client-many", "planned", "1.0", None, UNTIL))
    _grant(book, keeper, Leave("client-late", "land", "1.0", None, START + timedelta(hours=1)))
    stopped = Leave("client-stopped", "land", "1.0", None, UNTIL, is_stopped=True)
    done(keeper, f"/v1/grants/{_grant(book, keeper, stopped)}/revocation", {"reason": "?"})
    province.clock.advance(timedelta(hours=2))
    return book


def _unshare(api: Api) -> None:
    """Share a service with nobody any more: the grant stays, and opens nothing."""
    kept = ("owner_code", "title", "protocol", "contact", "personal_data", "upstreams")
    path = "/v1/services/far/versions/1.0"
    shown = api.get(path).json()
    done(api, f"{path}/revision", {name: shown[name] for name in kept})


def _enter(book: Book, api: Api, entry: Entry, *, tenant: str = "H38", **more: Any) -> None:
    body = {
        "code": entry.code,
        "version": entry.version,
        "context": entry.context,
        "tenant_code": tenant,
        "owner_code": tenant,
        "operations": [{"method": method, "pattern": text} for method, text in entry.operations],
        **more,
    }
    if entry.is_served:
        made = published(api, **body)
        assert made["is_default"] is entry.is_default, address(made)
    else:
        registered(api, **body)
    book.entries.append(entry)


def _grant(book: Book, api: Api, leave: Leave) -> str:
    ids = ["*"] if leave.operations is None else [" ".join(one) for one in leave.operations]
    given = granted(
        api,
        leave.client,
        service=leave.code,
        version=leave.version,
        operations=ids,
        expires_at=leave.until.isoformat(),
    )
    book.leaves.append(leave)
    return str(given["id"])


def _client(client_id: str) -> Client:
    return Client(client_id, "consumer", AgencyCode("H38.21"), frozenset(Scope), START)


def _judged(gateway: Gateway, variants: list[Variant]) -> list[Allowed | Refused]:
    register: Register = gateway.http.app.state.register  # type: ignore[attr-defined]
    clients = {client_id: _client(client_id) for client_id in CLIENTS}

    async def judge() -> list[Allowed | Refused]:
        return [await register.decide_request(clients[one.client], _scope(one)) for one in variants]

    assert gateway.http.portal is not None
    return gateway.http.portal.call(judge)


def _scope(variant: Variant) -> dict[str, Any]:
    headers = [*variant.headers]
    return {"method": variant.method, "raw_path": variant.target, "headers": headers}


@pytest.mark.unmeasured
def test_20_000_calls_are_decided_as_the_reference_does(
    province: Gateway, book: Book, tell: Tell
) -> None:
    variants = list(calls(SEED, NUMBER, CLIENTS))
    now = province.clock.now()
    wanted = [book.allows(one.client, one.method, one.target, now) for one in variants]
    found = [isinstance(one, Allowed) for one in _judged(province, variants)]
    differing = [
        (one, expected)
        for one, expected, given in zip(variants, wanted, found, strict=True)
        if expected is not given
    ]
    allowed = sum(wanted)
    kinds = Counter(one.kind for one in variants)
    refused = Counter(one.kind for one, given in zip(variants, found, strict=True) if not given)
    shares = ", ".join(f"{kind} {refused[kind]}/{kinds[kind]}" for kind in sorted(kinds))
    tell(
        f"seed {SEED}: {NUMBER} calls, {len(set(variants))} different, {allowed} to be allowed, "
        f"{NUMBER - allowed} to be denied, {len(differing)} differ; refused: {shares}"
    )
    assert differing[:5] == []
    assert allowed >= 0.3 * NUMBER
    assert NUMBER - allowed >= 0.3 * NUMBER


def test_no_header_changes_a_decision(province: Gateway, book: Book) -> None:
    del book
    variants = list(calls(SEED + 1, 2000, CLIENTS))
    bare = [Variant(one.client, one.method, one.target, (), one.kind) for one in variants]
    assert _judged(province, variants) == _judged(province, bare)


def test_what_is_allowed_is_sent_on_letter_for_letter(province: Gateway, book: Book) -> None:
    del book
    variants = list(calls(SEED + 2, 2000, CLIENTS))
    for one, decision in zip(variants, _judged(province, variants), strict=True):
        if isinstance(decision, Allowed):
            path = one.target.partition(b"?")[0].decode()
            assert path.endswith(decision.path)
            head = path[: len(path) - len(decision.path)]
            service = decision.service
            assert head in {f"/{service.context}", f"/{service.context}/{service.version}"}
