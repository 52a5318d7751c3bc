"""The population database: SOAP under a hashed Basic, or a face that a provincial gateway has.

Nothing of a question or an answer is logged but the operation and short codes.
"""

import base64
import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal, TypeVar

from pydantic import SecretStr, ValidationError

from app.exchange.ngsp import soap
from app.exchange.ngsp.calling import Call, Caller, Sender, malformed, posting, read
from app.exchange.ngsp.errors import ServiceError, Trouble
from app.exchange.ngsp.wire.fields import ServiceFact, ServiceModel
from app.exchange.ngsp.wire.population import (
    CitizenRecord,
    Collection,
    FlatAnswer,
    FlatRequest,
    LookUpRequest,
    MessageAnswer,
    MessageRequest,
    Verified,
    VerifyRequest,
    WrappedRequest,
)
from app.exchange.transport import Answer
from app.platform.clock import Clock

SERVICE: Final = "population"
_NAMESPACE: Final = "http://dancuquocgia.bca"
_LOOK_UP: Final = "TraCuuThongTinCongDan"
_VERIFY: Final = "XacThucThongTinCongDan"
_XML: Final = "text/xml; charset=utf-8"
_DONE: Final = "0"
_JUDGED: Final = frozenset({soap.FAULT_STATUS})
_UNAUTHORIZED: Final = 401

F = TypeVar("F", bound=ServiceFact)


@dataclass(frozen=True, slots=True)
class PopulationAccount:
    """Who we are there. `signed_url` is hashed into each call; `headers` go with each."""

    user: str
    secret: SecretStr
    signed_url: str
    unit: Literal["milliseconds", "seconds"]
    headers: Mapping[str, str]

    def hashed(self, stamp: str) -> str:
        """Return the Basic credential for a timestamp."""
        text = self.signed_url + self.user + stamp + self.secret.get_secret_value()
        digest = hashlib.sha256(text.encode()).hexdigest()
        return base64.b64encode(f"{self.user}:{digest}".encode()).decode()


@dataclass(frozen=True, slots=True)
class Wrapping:
    """What the wrapped face needs besides: whose tokens, and the adapter's key in base64."""

    caller: Caller
    adapter: SecretStr

    async def call(self, operation: str, url: str, xml: bytes, hashed: str) -> Call:
        """Return a question with everything that the face wants in its body."""
        content = WrappedRequest(
            bearer=f"Bearer {await self.caller.tokens.current()}",
            adapter=self.adapter.get_secret_value(),
            hashed=hashed,
            xml=xml.decode(),
        )
        return posting(SERVICE, operation, url, content.model_dump(), judged=_JUDGED)


class PopulationClient:
    """Asks the database; each method raises `ServiceError` without a usable answer."""

    def __init__(
        self,
        sender: Sender,
        clock: Clock,
        account: PopulationAccount,
        *,
        url: str,
        wrapping: Wrapping | None = None,
    ) -> None:
        self._sender = sender
        self._clock = clock
        self._account = account
        self._url = url
        self._wrapping = wrapping

    async def look_up(self, wanted: LookUpRequest) -> CitizenRecord | None:
        """Return the citizen that number, name and birthday name; None if nobody fits."""
        found = await self._ask(_LOOK_UP, _LOOK_UP, wanted, "CongdanCollection", Collection)
        return found.citizens[0] if found.citizens else None

    async def verify(self, wanted: VerifyRequest) -> bool:
        """Tell whether number and name are one citizen's."""
        name = f"{_VERIFY}Request"
        return (await self._ask(_VERIFY, name, wanted, "KetQuaXacThucResponse", Verified)).exists

    async def _ask(
        self, operation: str, element: str, wanted: ServiceModel, told: str, model: type[F]
    ) -> F:
        xml = soap.envelope(_NAMESPACE, element, wanted.model_dump(exclude_none=True))
        stamp = self._stamp()
        headers = {"Timestamp": stamp, **self._account.headers}
        hashed = self._account.hashed(stamp)
        if self._wrapping is None:
            headers |= {"Authorization": f"Basic {hashed}", "Content-Type": _XML}
            headers |= {"Accept": "text/xml", "SOAPAction": '""'}
            call = Call(SERVICE, operation, "POST", self._url, content=xml, judged=_JUDGED)
            answer = await self._sender.send(call, headers)
        else:
            call = await self._wrapping.call(operation, self._url, xml, hashed)
            answer = await self._sender.send(call, headers)
            if answer.status == _UNAUTHORIZED:
                self._wrapping.caller.tokens.renew()
        return told_of(call, answer, told, model)

    def _stamp(self) -> str:
        moment = self._clock.now().timestamp()
        return str(int(moment * 1000 if self._account.unit == "milliseconds" else moment))


class MessageClient:
    """Asks through a gateway that takes flat JSON and has no operation to verify."""

    def __init__(self, sender: Sender, url: str) -> None:
        self._sender = sender
        self._url = url

    async def look_up(self, wanted: LookUpRequest) -> CitizenRecord | None:
        """Return the citizen that number, name and birthday name; None if nobody fits."""
        content = MessageRequest(
            name=wanted.name,
            citizen_id=wanted.citizen_id or "",
            identity_card=wanted.identity_card or "",
            day=wanted.born.day or "",
            year=wanted.born.year or "",
            service=wanted.service,
            officer=wanted.officer,
            request_id=wanted.request_id,
        )
        call = posting(SERVICE, _LOOK_UP, self._url, content.model_dump())
        answer = await self._sender.send(call, {})
        if not answer.is_success:
            raise ServiceError(Trouble.REFUSED, f"http-{answer.status}")
        told = read(MessageAnswer, call, answer)
        if told.code != _DONE:
            raise ServiceError(Trouble.REFUSED, "error-code")
        inner = Answer(answer.status, answer.headers, told.message.encode())
        found = told_of(call, inner, "CongdanCollection", Collection)
        return found.citizens[0] if found.citizens else None

    async def verify(self, wanted: VerifyRequest) -> bool:
        """Refuse: this face cannot."""
        del wanted
        raise ServiceError(Trouble.REFUSED, "no-such-operation")


class FlatClient:
    """Asks through a gateway that takes flat JSON under a token and answers with JSON."""

    def __init__(self, caller: Caller, url: str) -> None:
        self._caller = caller
        self._url = url

    async def look_up(self, wanted: LookUpRequest) -> CitizenRecord | None:
        """Return the citizen that number, name and birthday name; None if nobody fits."""
        content = FlatRequest(
            request_id=wanted.request_id,
            service=wanted.service,
            officer=wanted.officer,
            citizen_id=wanted.citizen_id or "",
            identity_card=wanted.identity_card or "",
            name=wanted.name,
            born=wanted.born.day or wanted.born.year or "",
            account=wanted.account or "",
        )
        call = posting(SERVICE, _LOOK_UP, self._url, content.model_dump())
        found = read(FlatAnswer, call, await self._caller.ask(call)).body.collection
        return found.citizens[0] if found is not None and found.citizens else None

    async def verify(self, wanted: VerifyRequest) -> bool:
        """Refuse: this face cannot."""
        del wanted
        raise ServiceError(Trouble.REFUSED, "no-such-operation")


def told_of(call: Call, answer: Answer, name: str, model: type[F]) -> F:
    """Return what an envelope says.

    Raises:
        ServiceError: if it is a fault, or something else than `name`.
    """
    if not answer.is_success and answer.status not in _JUDGED:
        raise ServiceError(Trouble.REFUSED, f"http-{answer.status}")
    try:
        told, content = soap.read(answer.body)
        if told != name:
            raise malformed(call, answer, "another element")
        return model.model_validate(content, by_name=False)
    except soap.SoapFaultError as fault:
        trouble = Trouble.DOWN if fault.code == "Server" else Trouble.REFUSED
        raise ServiceError(trouble, f"soap-{fault.code}") from None
    except (soap.NotSoapError, ValidationError):
        if not answer.is_success:
            raise ServiceError(Trouble.DOWN, f"http-{answer.status}") from None
        raise malformed(call, answer, "not as described") from None
