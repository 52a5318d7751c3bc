"""What the addresses of a service say of how they are called."""

from pydantic import SecretStr

from app.broker.domain.credentials import CredentialKind
from app.broker.use_cases import credentials
from app.broker.use_cases.credentials import Keeping
from app.platform.sealing import Sealer
from tests.broker.shared import a_service, address, done, registered
from tests.gateway import Api, Gateway

REVISION = {
    name: value
    for name, value in a_service().items()
    if name not in {"code", "version", "context", "tenant_code", "operations"}
}


def test_a_credential_is_not_registered_for_a_server_that_it_is_not_for(
    province: Gateway, keeper: Api
) -> None:
    facts = {"shown_to": "https://truc.example.vn,https://bo.example.vn:8443"}
    secret, sealer = SecretStr("secret"), Sealer(b"k" * 32)
    asked = Keeping("nation", CredentialKind.HEADER, facts)
    province.transact(credentials.keep, province.clock, sealer, asked=asked, secret=secret)
    for_both = [{"url": "https://truc.example.vn:443/a"}, {"url": "https://bo.example.vn:8443"}]
    registered(keeper, upstreams=for_both, credential="nation")
    for url in ("https://mine.example.vn", "http://truc.example.vn", "https://bo.example.vn"):
        places = [{"url": "https://x.example.vn"}, {"url": url, "credential": "nation"}]
        told = keeper.post("/v1/services", json=a_service(version="9", upstreams=places))
        assert (told.status_code, told.json()["type"]) == (422, "/problems/credential-elsewhere")
        assert told.json()["errors"][0]["pointer"] == "/upstreams/1/credential"
    general = REVISION | {"credential": "nation"}
    told = keeper.post("/v1/services/land/versions/1.0/revision", json=general)
    assert told.json()["type"] == "/problems/credential-elsewhere"


def test_each_address_may_name_a_credential_of_its_own(keeper: Api) -> None:
    places = [
        {"url": "https://truc.example.vn", "via": "ngsp", "credential": "nation"},
        {"url": "https://bo.example.vn", "via": "direct", "credential": "ministry"},
    ]
    made = registered(keeper, upstreams=places, credential="province", route="ngsp")
    assert [one["credential"] for one in made["upstreams"]] == ["nation", "ministry"]
    plain = [{"url": "https://truc.example.vn", "via": "ngsp"}]
    revision = REVISION | {"upstreams": plain, "credential": "province"}
    revised = done(keeper, f"{address(made)}/revision", revision)
    [left] = revised["upstreams"]
    assert (left["credential"], revised["credential"]) == (None, "province")
    wrong = [{"url": "https://truc.example.vn", "credential": "a b"}]
    refused = keeper.post("/v1/services", json=a_service(version="9.0", upstreams=wrong))
    assert refused.status_code == 422
    assert refused.json()["errors"][0]["pointer"] == "/upstreams/0/credential"
