"""Signing in and out: pages for a person, and the way back to the site that sent them."""

import secrets
from html import escape
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from jose import jwt
from jose.exceptions import JOSEError

from mock_ngsp.sso.asking import Asked, SignOnError
from mock_ngsp.sso.provider import CODE_LIFETIME, Grant
from mock_ngsp.wire import Answer

if TYPE_CHECKING:
    from mock_ngsp.universe import Universe

CHOSEN = "nguoi"
"""Our own parameter: the TechID of who signs in. Without it a page lets a tester choose."""

_HTML = b"text/html; charset=utf-8"


def authorize(universe: "Universe", asked: Asked) -> Answer:
    """The page of people, or the way back with a code for the one chosen.

    A wrong client or address is told here; every other fault to the site that asked.
    """
    client = universe.provider.clients.get(asked.wanted("client_id"))
    back = asked.wanted("redirect_uri")
    if client is None or back not in client.redirect_uris:
        raise SignOnError("invalid_request", "client_id and redirect_uri do not belong together")
    state = {name: asked.given[name] for name in ("state",) if name in asked.given}
    if fault := _fault(asked):
        return _led_to(back, {"error": fault} | state)
    chosen = asked.given.get(CHOSEN)
    if chosen is None:
        return _page(universe.provider.people.values(), asked)
    if chosen not in universe.provider.people:
        return _led_to(back, {"error": "access_denied"} | state)
    code = secrets.token_urlsafe(24)
    universe.provider.codes[code] = Grant(
        client.client_id,
        chosen,
        universe.clock.now() + CODE_LIFETIME,
        redirect_uri=back,
        nonce=asked.given.get("nonce", ""),
        challenge=asked.given.get("code_challenge", ""),
    )
    return _led_to(back, {"code": code} | state)


def _fault(asked: Asked) -> str | None:
    if asked.given.get("response_type") != "code":
        return "unsupported_response_type"
    if "openid" not in asked.given.get("scope", "").split():
        return "invalid_scope"
    is_known = asked.given.get("code_challenge_method", "S256") == "S256"
    return None if is_known else "invalid_request"


def logout(universe: "Universe", asked: Asked) -> Answer:
    """End what the owner of a token was given, and lead back where a client of ours says."""
    try:
        claims = jwt.get_unverified_claims(asked.wanted("id_token_hint"))
    except JOSEError:
        raise SignOnError("invalid_request", "id_token_hint is no token") from None
    tech_id, client_id = str(claims.get("sub")), str(claims.get("aud"))
    provider = universe.provider
    for given in (provider.tokens, provider.refreshing):
        for token, grant in list(given.items()):
            if (grant.tech_id, grant.client_id) == (tech_id, client_id):
                del given[token]
    client = provider.clients.get(client_id)
    back = asked.given.get("post_logout_redirect_uri", "")
    if client is None or back not in client.redirect_uris:
        return Answer("<!doctype html><title>Đã đăng xuất</title>".encode(), content_type=_HTML)
    return _led_to(back, {})


def _led_to(address: str, parameters: dict[str, str]) -> Answer:
    mark = "&" if "?" in address else "?"
    where = address + (mark + urlencode(parameters) if parameters else "")
    return Answer(b"", 302, extra=((b"location", where.encode()), (b"cache-control", b"no-store")))


def _page(people: Any, asked: Asked) -> Answer:
    rows = "".join(
        f"<li><a href='?{escape(urlencode({**asked.given, CHOSEN: person['TechID']}))}'>"
        f"{escape(person['HoVaTen'] or person['TenDoanhNghiep'])}</a>"
        for person in people
    )
    text = (
        "<!doctype html><html lang=vi><meta charset=utf-8><title>Đăng nhập (giả lập)</title>"
        f"<h1>Cổng Dịch vụ công quốc gia, bản giả lập</h1><ul>{rows}</ul></html>"
    )
    return Answer(text.encode(), content_type=_HTML)
