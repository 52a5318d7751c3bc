"""The land system (VBDLIS or iLIS): what a one-stop system tells it of a dossier."""

import unicodedata
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Final

from app.exchange.dvcqg.portal import shown
from app.exchange.ngsp.calling import Call, Caller, Sender, posting, read
from app.exchange.ngsp.connecting import Connecting
from app.exchange.ngsp.errors import ServiceError, Trouble
from app.exchange.ngsp.outcomes import LONGEST_WORDS, deferred
from app.exchange.ngsp.tokens import Consumer, Tokens, User
from app.exchange.ngsp.wire import land as wire
from app.exchange.ngsp.wire.fields import ServiceModel
from app.exchange.outcomes import Deferred, Delivered, Outcome, Refused
from app.exchange.transport import Answer
from app.platform.settings import Settings, read_secret

SERVICE: Final = "land"
RETURNED: Final = "10"
"""`TrangThai` of a dossier whose owner has the result, in the national list."""

Ask = Callable[[Call], Awaitable[Answer]]


@dataclass(frozen=True, slots=True)
class Addresses:
    """Where a land system takes what, below its base."""

    hand_over: str
    supply: str
    give_back: str
    correct: str = "phanhoihososaiketqua"
    hand_on: str | None = None


VBDLIS: Final = Addresses("tiepnhan", "capnhattrangthaibosunghoso", "capnhattrangthaitraketquahoso")
ILIS: Final = Addresses("TiepNhanHoSo", "BoSungHoSo", "CapNhatTrangThaiHoSo")


class LandClient:
    """Tells a land system; one object per process and event loop."""

    def __init__(
        self, ask: Ask, *, base: str, addresses: Addresses, known_words: Sequence[str]
    ) -> None:
        """`known_words` are those of a refusal that says that it has it already."""
        self._ask = ask
        self._base = base.rstrip("/")
        self._addresses = addresses
        self._known = tuple(_folded(words) for words in known_words)

    async def hand_over(self, dossier: wire.Handover) -> Outcome:
        """Hand a dossier over; one that is there already counts as handed over."""
        return await self._tell(self._addresses.hand_over, dossier)

    async def supply(self, papers: wire.Supplied) -> Outcome:
        """Tell of papers that an owner brought."""
        return await self._tell(self._addresses.supply, papers)

    async def give_back(self, returned: wire.Returned) -> Outcome:
        """Tell that the owner has the result."""
        if self._addresses.give_back != ILIS.give_back:
            return await self._tell(self._addresses.give_back, returned)
        moved = wire.Moved(
            number=returned.number,
            status=RETURNED,
            handled_by=returned.handled_by,
            happened_at=returned.happened_at,
            note=returned.note,
        )
        return await self._tell(self._addresses.give_back, moved)

    async def correct(self, correction: wire.Correction) -> Outcome:
        """Tell what is wrong with a result."""
        return await self._tell(self._addresses.correct, correction)

    async def hand_on(self, voucher: wire.Voucher) -> Outcome:
        """Hand a tax voucher on; without an address for it, it waits."""
        if self._addresses.hand_on is None:
            return Deferred("no-address-for-vouchers")
        return await self._tell(self._addresses.hand_on, voucher)

    async def _tell(self, address: str, told: ServiceModel) -> Outcome:
        content = told.model_dump(mode="json", exclude_none=True)
        call = posting(SERVICE, f"land-{address}", f"{self._base}/{address}", content)
        try:
            answer = read(wire.Answer, call, await self._ask(call))
        except ServiceError as error:
            return deferred(error)
        return self._outcome(answer)

    def _outcome(self, answer: wire.Answer) -> Outcome:
        words = _folded(answer.status.message)
        if answer.status.is_success and answer.number:
            return Delivered(str(answer.number))
        if any(known in words for known in self._known):
            return Delivered(str(answer.number) if answer.number else None)
        return Refused(shown(answer.status.code), answer.status.message[:LONGEST_WORDS])


def land_of(settings: Settings, connecting: Connecting) -> LandClient | None:
    """Return the client of the land system in its dialect; None while it is not connected.

    Raises:
        SecretFileError: if a secret cannot be read.
    """
    if settings.land_url is None:
        return None
    ask: Ask | None = _plain(connecting.sender())
    addresses = VBDLIS
    if settings.land_dialect == "ilis":
        tokens = _tokens_of(settings, connecting)
        addresses, ask = ILIS, None
        if tokens is not None:
            ask = Caller(connecting.sender(), base=str(settings.land_url), tokens=tokens).ask
    if ask is None:
        return None
    return LandClient(
        ask,
        base=str(settings.land_url),
        addresses=replace(addresses, hand_on=settings.land_voucher_address),
        known_words=settings.land_known_words,
    )


def _plain(sender: Sender) -> Ask:
    """Return how VBDLIS is asked: no credential of its own is known."""

    async def ask(call: Call) -> Answer:
        answer = await sender.send(call, {})
        if not answer.is_success:
            raise ServiceError(Trouble.REFUSED, f"http-{answer.status}")
        return answer

    return ask


def _tokens_of(settings: Settings, connecting: Connecting) -> Tokens | None:
    client, secret_file = settings.land_client, settings.land_client_secret_file
    name, password_file = settings.land_username, settings.land_password_file
    if client is None or secret_file is None or name is None or password_file is None:
        return None
    secret = read_secret("LGSP_LAND_CLIENT_SECRET_FILE", secret_file)
    user = User(name, read_secret("LGSP_LAND_PASSWORD_FILE", password_file))
    base = str(settings.land_url).rstrip("/")
    return Tokens(
        connecting.http,
        connecting.clock,
        Consumer(client, secret, "form", user),
        url=str(settings.land_token_url or f"{base}/token"),
        margin=timedelta(seconds=settings.ngsp_token_margin_seconds),
        deadline=timedelta(seconds=settings.ngsp_timeout_seconds),
    )


def _folded(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()
