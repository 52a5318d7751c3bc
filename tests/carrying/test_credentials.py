"""How we show ourselves to a service, in each of the ways that services want."""

import base64
import hashlib
import json
import socket
from collections import deque
from datetime import timedelta
from functools import partial

import pytest
from pydantic import SecretStr

from app.broker.domain.credentials import CredentialKind, CredentialRefusedError, complete
from app.broker.use_cases import credentials
from tests.carrying.keeping import PATH, SECRET, consumer, keep, sealer_for
from tests.carrying.raw import Heard, Raw, always, answer, say, speaking
from tests.gateway import Gateway


def test_a_fixed_header(knowing: Gateway) -> None:
    keep(knowing, CredentialKind.HEADER, header="access_token")
    with speaking(always("200 OK")) as raw:
        api = consumer(knowing, raw.url)
        assert api.get(f"{PATH}/x", headers={"access_token": "forged"}).status_code == 200
    found = [value.encode("latin-1").decode() for k, value in raw.heard[0].headers
             if k == "access_token"]  # fmt: skip
    assert found == [SECRET]


@pytest.mark.parametrize(("unit", "scale"), [("milliseconds", 1000), ("seconds", 1)])
def test_a_basic_header_hashed_with_the_time(knowing: Gateway, unit: str, scale: int) -> None:
    hashed = "https://trucngay.example/dancu"
    keep(knowing, CredentialKind.HASHED_BASIC, user="H38", hashed_url=hashed, unit=unit)
    with speaking(always("200 OK")) as raw:
        consumer(knowing, raw.url).post(f"{PATH}/x", content=b"<soap/>")
    [heard] = raw.heard
    stamp = str(int(knowing.clock.now().timestamp() * scale))
    wanted = hashlib.sha256(f"{hashed}H38{stamp}{SECRET}".encode()).hexdigest()
    shown = base64.b64encode(f"H38:{wanted}".encode()).decode()
    assert (heard.header("authorization"), heard.header("timestamp")) == (f"Basic {shown}", stamp)
    assert heard.body == b"<soap/>"


@pytest.mark.parametrize("field", ["authKey", "AcceptKey"])
def test_a_key_in_the_body(knowing: Gateway, field: str) -> None:
    keep(knowing, CredentialKind.BODY_KEY, field=field)
    with speaking(always("200 OK")) as raw:
        api = consumer(knowing, raw.url)
        body = f' {{"a": 1.50, "{field.upper()}": "forged", "b":[]}}'.encode()
        assert api.post(f"{PATH}/x", content=body).status_code == 200
        assert api.post(f"{PATH}/x", content=b'{"a": 1.50}').status_code == 200
        assert api.post(f"{PATH}/x", content=b"[]").json()["fault"]["code"] == 400
        assert api.get(f"{PATH}/x").status_code == 400
        large = b'{"a":"' + b"x" * 2_000_000 + b'"}'
        assert api.post(f"{PATH}/x", content=large).status_code == 200
    first, second, third = raw.heard
    assert json.loads(first.body) == {field: SECRET, "a": 1.5, "b": []}
    assert second.body == f'{{"{field}":"{SECRET}","a": 1.50}}'.encode()
    assert len(json.loads(third.body)["a"]) == 2_000_000


def scripted(answers: deque[bytes], connection: socket.socket, heard: Heard) -> None:
    say(connection, heard, answer=answers.popleft())


TOKEN = b'{"access_token":"%b","token_type":"Bearer","expires_in":3600}'


def tokens(gateway: Gateway, raw: Raw, **facts: str) -> None:
    url = f"{raw.url}/token"
    keep(gateway, CredentialKind.CLIENT_CREDENTIALS, token_url=url, client_id="key", **facts)


def test_a_token_is_used_until_it_ends(knowing: Gateway) -> None:
    answers = deque(answer("200 OK", TOKEN % one) for one in (b"t1", b"t2"))
    with speaking(partial(scripted, answers)) as issuer, speaking(always("200 OK")) as raw:
        tokens(knowing, issuer)
        api = consumer(knowing, raw.url)
        for _ in range(3):
            assert api.get(f"{PATH}/x").status_code == 200
        knowing.clock.advance(timedelta(seconds=3570))
        assert api.get(f"{PATH}/x").status_code == 200
    shown = [heard.header("authorization") for heard in raw.heard]
    assert shown == ["Bearer t1"] * 3 + ["Bearer t2"]
    [first, _] = issuer.heard
    assert first.line == "POST /token HTTP/1.1"
    assert first.body == b"grant_type=client_credentials"
    basic = base64.b64encode(f"key:{SECRET}".encode()).decode()
    assert first.header("authorization") == f"Basic {basic}"


def test_a_token_asked_for_in_a_form(knowing: Gateway) -> None:
    with (
        speaking(always("200 OK", TOKEN % b"t")) as issuer,
        speaking(always("200 OK")) as raw,
    ):
        tokens(knowing, issuer, sent_in="form", scope="a b")
        assert consumer(knowing, raw.url).get(f"{PATH}/x").status_code == 200
    body = issuer.heard[0].body.decode()
    assert body.startswith("grant_type=client_credentials&scope=a%20b&client_id=key&client_secret=")
    assert issuer.heard[0].header("authorization") is None


def test_a_refused_token_is_replaced_once(knowing: Gateway) -> None:
    given = deque(answer("200 OK", TOKEN % one) for one in (b"t1", b"t2", b"t3"))
    told = deque([answer("401 No"), answer("200 OK"), answer("401 No"), answer("401 No")])
    with (
        speaking(partial(scripted, given)) as issuer,
        speaking(partial(scripted, told)) as raw,
    ):
        tokens(knowing, issuer)
        api = consumer(knowing, raw.url)
        assert api.post(f"{PATH}/x", content=b"body").status_code == 200
        assert api.post(f"{PATH}/x", content=b"body").status_code == 401
    shown = [heard.header("authorization") for heard in raw.heard]
    assert shown == ["Bearer t1", "Bearer t2", "Bearer t2", "Bearer t3"]
    assert {heard.body for heard in raw.heard} == {b"body"}


@pytest.mark.parametrize(
    "told",
    [answer("500 No"), answer("200 OK", b"[]"), answer("200 OK", b"<xml/>"),
     answer("200 OK", b'{"access_token":"a\\r\\nb"}'), answer("200 OK", b"x" * 70_000)],
)  # fmt: skip
def test_without_a_token_the_service_is_not_called(knowing: Gateway, told: bytes) -> None:
    with speaking(partial(say, answer=told)) as issuer, speaking(always("200 OK")) as raw:
        tokens(knowing, issuer)
        api = consumer(knowing, raw.url)
        answers = [api.get(f"{PATH}/x") for _ in range(3)]
    assert {one.status_code for one in answers} == {503}
    assert (len(issuer.heard), raw.heard) == (1, [])


def test_a_session_is_asked_for_and_put_into_the_body(knowing: Gateway) -> None:
    session = b'{"error_code":"0","result":"ok","session":"s1"}'
    with speaking(always("200 OK", session)) as login, speaking(always("200 OK")) as raw:
        url = f"{login.url}/mapi/login"
        keep(knowing, CredentialKind.SESSION, login_url=url, user="tinh", seconds="60")
        api = consumer(knowing, raw.url)
        for _ in range(2):
            api.post(f"{PATH}/mapi/g", content=b'{"service":"DanhSachHoSo"}')
        knowing.clock.advance(timedelta(seconds=60))
        api.post(f"{PATH}/mapi/g", content=b'{"service":"DanhSachHoSo"}')
    assert json.loads(login.heard[0].body) == {"username": "tinh", "password": SECRET}
    assert len(login.heard) == 2
    assert raw.heard[0].body == b'{"session":"s1","service":"DanhSachHoSo"}'


def test_a_service_without_its_credential_is_not_called(knowing: Gateway) -> None:
    with speaking(always("200 OK")) as raw:
        assert consumer(knowing, raw.url).get(f"{PATH}/x").status_code == 503
    assert raw.heard == []


def test_a_new_secret_is_used_at_once(knowing: Gateway) -> None:
    keep(knowing, CredentialKind.HEADER, header="X-Key")
    sealer = sealer_for(knowing)
    with speaking(always("200 OK")) as raw:
        api = consumer(knowing, raw.url)
        api.get(f"{PATH}/x")
        knowing.transact(
            credentials.rotate, knowing.clock, sealer, name="national", secret=SecretStr("new")
        )
        api.get(f"{PATH}/x")
        knowing.transact(credentials.close, knowing.clock, name="national")
        assert api.get(f"{PATH}/x").status_code == 503
    assert raw.heard[1].header("x-key") == "new"


@pytest.mark.parametrize(
    ("kind", "facts"),
    [
        (CredentialKind.CLIENT_CREDENTIALS, {"client_id": "a"}),
        (CredentialKind.CLIENT_CREDENTIALS, {"token_url": "ftp://x/", "client_id": "a"}),
        (CredentialKind.HEADER, {"header": "a b"}),
        (CredentialKind.HEADER, {"other": "a"}),
        (CredentialKind.SESSION, {"login_url": "http://x/", "user": "a", "seconds": "0"}),
        (CredentialKind.HASHED_BASIC, {"user": "a", "hashed_url": "x", "unit": "days"}),
        (CredentialKind.HEADER, {"shown_to": "api.example.vn"}),
        (CredentialKind.HEADER, {"shown_to": "https://api.example.vn/path"}),
        (CredentialKind.HEADER, {"shown_to": "https://api.example.vn,"}),
    ],
)
def test_what_makes_no_credential_is_refused(kind: CredentialKind, facts: dict[str, str]) -> None:
    with pytest.raises(CredentialRefusedError):
        complete(kind, facts)
