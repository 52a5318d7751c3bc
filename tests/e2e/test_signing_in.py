"""An owner signs in at the portal and sees a dossier: every party a process on loopback."""

from contextlib import closing
from urllib.parse import parse_qs, urlsplit

import httpx

from app.cli.demo.hop import await_that
from app.cli.demo.parties import Found, Hub, Nation
from tests.builders import a_dossier
from tests.e2e.stage import MakeStage

PATIENCE = 30.0
CLIENT = {"client_id": "cong-h38", "client_secret": "bi-mat-dang-nhap"}
BACK = "http://127.0.0.1:3000/dang-nhap"
OWNER, OTHER = "tech-gia-dinh-0001", "tech-gia-dinh-0002"


def signed_in(portal: httpx.Client, tech_id: str) -> str:
    """Go the way of a browser and of the site behind it; return the id_token."""
    asked = {"response_type": "code", "scope": "openid", "redirect_uri": BACK, "nguoi": tech_id}
    sent = portal.get("/oauth2/authorize", params=asked | {"client_id": CLIENT["client_id"]})
    (code,) = parse_qs(urlsplit(sent.headers["location"]).query)["code"]
    form = {"grant_type": "authorization_code", "code": code, "redirect_uri": BACK, **CLIENT}
    return str(portal.post("/oauth2/token", data=form).raise_for_status().json()["id_token"])


def test_an_owner_sees_a_dossier_and_the_portal_learns_the_account(make_stage: MakeStage) -> None:
    stage = make_stage(
        sign_on_issuer="{nation}/oauth2/token",
        sign_on_client_id=CLIENT["client_id"],
        sign_on_jwks_url="{nation}/oauth2/jwks",
    )
    with (
        closing(Hub(stage.province, PATIENCE)) as hub,
        closing(Nation(stage.nation.url, PATIENCE)) as nation,
        httpx.Client(base_url=stage.nation.url, trust_env=False) as portal,
        httpx.Client(base_url=stage.province.url, trust_env=False) as citizen,
    ):
        row = {"client_id": CLIENT["client_id"], "secret": CLIENT["client_secret"]}
        site = row | {"redirect_uris": [BACK]}
        portal.post("/_axis/v1/sso/clients", json=site).raise_for_status()
        code = hub.create("/v1/dossiers", json=a_dossier())["code"]
        address = f"/v1/public-services/dossiers/{code}"
        for tech_id, status in ((OTHER, 404), (OWNER, 200)):
            bearer = {"Authorization": f"Bearer {signed_in(portal, tech_id)}"}
            assert citizen.get(address, headers=bearer).status_code == status

        def look() -> Found | None:
            held = nation.dossier(code)
            return held if held and held["record"]["MaDoiTuong"] == OWNER else None

        held = await_that(look, within=PATIENCE, what="the account at the portal")
    assert [row["TrangThai"] for row in held["progress"]] == ["1"], "no step of its own"
