"""What we ask of the payment platform, and how we know what comes from it.

Nothing of a message is logged but its kind and short codes.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Final, Literal, TypeVar

import httpx
from pydantic import SecretStr, ValidationError

from app.exchange.dvcqg.portal import shown
from app.exchange.outcomes import Deferred, Refused
from app.exchange.payments.signing import fits, seal
from app.exchange.payments.wire import (
    Acknowledgement,
    Confirmation,
    Init,
    InitAnswer,
    PaymentPage,
    Query,
    QueryAnswer,
    Signed,
)
from app.exchange.transport import Answer, contract_breach, exchange

_MAX_ANSWER: Final = 1 * 2**20
_MAX_BILL: Final = 16 * 2**20
_PDF: Final = b"%PDF-"
_OURS: Final = frozenset({"INIT", "QUERY", "GET_BILL"})

S = TypeVar("S", bound=Signed)


@dataclass(frozen=True, slots=True)
class Partner:
    """Who we are at the platform; `bearer` is for a gateway that stands before it."""

    code: str
    secret: SecretStr
    bearer: SecretStr | None = None


class PaymentClient:
    """Speaks to the payment platform for one partner; one object per process and event loop."""

    def __init__(
        self, http: httpx.AsyncClient, *, url: str, partner: Partner, deadline: timedelta
    ) -> None:
        self._http = http
        self._url = url
        self._partner = partner
        self._deadline = deadline

    @property
    def partner(self) -> str:
        """Our partner code."""
        return self._partner.code

    async def init(self, asked: Init) -> str | Deferred | Refused:
        """Ask for the address where an order is paid; the same order asked again has the same."""
        answer = await self._post(asked, "INIT")
        if isinstance(answer, Deferred):
            return answer
        try:
            envelope = InitAnswer.model_validate_json(answer.body, by_name=False)
        except ValidationError:
            return contract_breach("INIT", answer, "not an answer envelope")
        code = str(envelope.error_code).strip()
        if code != "0":
            return Refused(shown(code), "the platform does not begin this payment")
        page = _page_of(envelope)
        return page or contract_breach("INIT", answer, "message names no address")

    async def query(self, reference: str, *, traded_at: str) -> QueryAnswer | Deferred:
        """Ask where an order stands; an answer that is not signed as ours is none."""
        answer = await self._post(self._about("QUERY", reference, traded_at), "QUERY")
        if isinstance(answer, Deferred):
            return answer
        try:
            told = QueryAnswer.model_validate_json(answer.body, by_name=False)
        except ValidationError:
            return contract_breach("QUERY", answer, "not an answer to a query")
        if not self._is_signed(told) or told.reference != reference:
            return contract_breach("QUERY", answer, "not signed for this order")
        return told

    async def bill(self, reference: str, *, traded_at: str) -> bytes | Deferred | Refused:
        """Return the receipt of a paid order as a PDF."""
        asked = self._about("GET_BILL", reference, traded_at)
        answer = await self._post(asked, "GET_BILL", max_bytes=_MAX_BILL)
        if isinstance(answer, Deferred):
            return answer
        if answer.body.startswith(_PDF):
            return answer.body
        return Refused("no-bill", "the platform gives no receipt of this order")

    def is_genuine(self, confirmation: Confirmation) -> bool:
        """Tell whether the platform tells us this; what we ourselves say is never a confirmation.

        A QUERY's answer is signed like a confirmation, whatever it says, so it must not pass.
        """
        return confirmation.kind not in _OURS and self._is_signed(confirmation)

    def acknowledge(
        self, confirmation: Confirmation | None, *, code: str, words: str
    ) -> Mapping[str, object]:
        """Return the answer to a confirmation, signed; nobody gets a signature for nothing."""
        if confirmation is None:
            told = Acknowledgement(code=code, words=words, partner="", traded_at="", reference="")
            return told.model_dump()
        told = Acknowledgement(
            code=code,
            words=words,
            partner=confirmation.partner,
            traded_at=confirmation.traded_at,
            reference=confirmation.reference,
        )
        return self._sealed(told).model_dump()

    def _is_signed(self, told: Confirmation) -> bool:
        is_signed = fits(told.seal, told.signed(), self._partner.secret)
        return is_signed and told.partner == self._partner.code

    def _about(self, kind: Literal["QUERY", "GET_BILL"], reference: str, traded_at: str) -> Query:
        return Query(kind=kind, partner=self.partner, reference=reference, traded_at=traded_at)

    def _sealed(self, message: S) -> S:
        made = seal(message.signed(), self._partner.secret)
        return message.model_copy(update={"seal": made})

    async def _post(
        self, message: Init | Query, operation: str, *, max_bytes: int = _MAX_ANSWER
    ) -> Answer | Deferred:
        content = json.dumps(self._sealed(message).model_dump(), ensure_ascii=False)
        headers = {"Content-Type": "application/json; charset=utf-8"}
        if self._partner.bearer is not None:
            headers["Authorization"] = f"Bearer {self._partner.bearer.get_secret_value()}"
        request = self._http.build_request(
            "POST", self._url, content=content.encode(), headers=headers
        )
        answer = await exchange(self._http, request, max_bytes=max_bytes, deadline=self._deadline)
        if isinstance(answer, Answer) and not answer.is_success:
            return contract_breach(operation, answer, "an HTTP refusal")
        return answer


def _page_of(envelope: InitAnswer) -> str | None:
    """Return the address in an envelope's message, which is JSON written as text."""
    if not isinstance(envelope.message, str):
        return None
    try:
        return PaymentPage.model_validate_json(envelope.message, by_name=False).url
    except ValidationError:
        return None
