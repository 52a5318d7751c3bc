"""Who is signed in on the pages: a short cookie that nobody else can read or make.

Nothing is kept here. The cookie is encrypted, for one purpose and until a moment; a script cannot
read it, and it does not come with what another site has sent.
"""

import base64
import binascii
import json
from datetime import datetime, timedelta
from typing import Any, Final

from pydantic import SecretStr
from starlette.requests import Request
from starlette.responses import Response

from app.dossiers.domain.filing import IdentityType
from app.dossiers.domain.owning import Account
from app.exchange.sign_on.codes import Attempt
from app.platform.context import Context
from app.platform.sealing import Sealer, UnopenableError

_SESSION: Final = "lgsp-phien"
_ATTEMPT: Final = "lgsp-dang-nhap"
_ATTEMPT_LASTS: Final = timedelta(minutes=10)
_LONGEST: Final = 4096


def keep_attempt(ctx: Context, sealer: Sealer, response: Response, attempt: Attempt) -> None:
    """Give the browser what its signing in will be known by."""
    facts = {"state": attempt.state, "nonce": attempt.nonce, "verifier": attempt.verifier}
    _keep(ctx, sealer, response, (_ATTEMPT, _ATTEMPT_LASTS), facts)


def attempt_of(request: Request, ctx: Context, sealer: Sealer) -> Attempt | None:
    """Return the attempt that this browser began; None without one that is still good."""
    facts = _kept(request, ctx, sealer, _ATTEMPT)
    return None if facts is None else Attempt(**facts)


def sign_in(ctx: Context, sealer: Sealer, response: Response, account: Account) -> None:
    """Sign the browser in, and end its attempt."""
    facts = {
        "account_id": account.account_id,
        "is_person": account.is_person,
        "numbers": [[kind.value, number] for kind, number in sorted(account.numbers)],
    }
    lasts = timedelta(minutes=ctx.settings.sign_on_session_minutes)
    _keep(ctx, sealer, response, (_SESSION, lasts), facts)
    _drop(ctx, response, _ATTEMPT)


def signed_in(request: Request, ctx: Context, sealer: Sealer | None) -> Account | None:
    """Return whose account this browser is signed in with; None without one, or after its time."""
    facts = None if sealer is None else _kept(request, ctx, sealer, _SESSION)
    if facts is None:
        return None
    numbers = frozenset((IdentityType(kind), number) for kind, number in facts["numbers"])
    return Account(facts["account_id"], facts["is_person"], numbers)


def sign_out(ctx: Context, response: Response) -> None:
    """Sign the browser out here; at the provider it stays as it is."""
    _drop(ctx, response, _SESSION)


def _keep(
    ctx: Context,
    sealer: Sealer,
    response: Response,
    what: tuple[str, timedelta],
    facts: dict[str, Any],
) -> None:
    name, lasts = what
    until = (ctx.clock.now() + lasts).isoformat()
    sealed = sealer.seal(SecretStr(json.dumps({"until": until, "facts": facts})), about=name)
    response.set_cookie(
        name,
        base64.urlsafe_b64encode(sealed).decode(),
        max_age=int(lasts.total_seconds()),
        httponly=True,
        samesite="lax",
        secure=_is_secure(ctx),
    )


def _kept(request: Request, ctx: Context, sealer: Sealer, name: str) -> dict[str, Any] | None:
    text = request.cookies.get(name, "")
    if not text or len(text) > _LONGEST:
        return None
    try:
        sealed = base64.b64decode(text, altchars=b"-_", validate=True)
        kept = json.loads(sealer.open(sealed, about=name).get_secret_value())
    except (UnopenableError, binascii.Error, ValueError):
        return None
    facts: dict[str, Any] = kept["facts"]
    return facts if ctx.clock.now() < datetime.fromisoformat(kept["until"]) else None


def _drop(ctx: Context, response: Response, name: str) -> None:
    response.delete_cookie(name, httponly=True, samesite="lax", secure=_is_secure(ctx))


def _is_secure(ctx: Context) -> bool:
    return ctx.settings.issuer.startswith("https:")
