"""Carrying calls: one process's connections to the services behind it."""

import asyncio
import time
from typing import Final, Protocol

import aiohttp
import httpx
from multidict import CIMultiDict
from starlette.types import Receive, Send
from yarl import URL

from app.broker.carrying.answers import Answering
from app.broker.carrying.bodies import SMALL, Upload
from app.broker.carrying.errands import SAFE, Errand
from app.broker.carrying.failures import FAILURES, once, word_of
from app.broker.carrying.presence import Presence
from app.broker.carrying.upstreams import Standing, Upstreams
from app.broker.domain.carrying import REPEATABLE, CarryingError, CutShortError, Failing
from app.platform.addresses import AddressPolicy
from app.platform.settings import Settings

_KEPT_ALIVE: Final = 30.0
"""Seconds an idle connection is kept."""

_UNAUTHORISED: Final = 401


class Wardrobe(Protocol):
    """Gives calls the credential that their service wants."""

    def body_bytes(self, name: str) -> int:
        """Return how many bytes of a body are wanted at once, for a credential within it."""
        ...

    async def dress(self, name: str, headers: CIMultiDict[str], body: bytes | None) -> bytes | None:
        """Put the credential into the headers, or return the body with it."""
        ...

    def renew(self, name: str) -> bool:
        """Forget what was obtained with a credential; False if there is nothing to obtain."""
        ...


class Carrier:
    """Carries calls to upstreams and their answers back, both as they arrive."""

    def __init__(
        self,
        settings: Settings,
        upstreams: Upstreams,
        policy: AddressPolicy | None,
        wardrobe: Wardrobe | None = None,
    ) -> None:
        """Without a policy any address may be called."""
        self.upstreams = upstreams
        self._settings = settings
        self._policy = policy
        self._wardrobe = wardrobe
        self._session: aiohttp.ClientSession | None = None
        self._timeouts: dict[float, aiohttp.ClientTimeout] = {}

    def open(self) -> None:
        """Get ready, inside a running loop."""
        self._session = aiohttp.ClientSession(
            connector=aiohttp.TCPConnector(
                ssl=httpx.create_ssl_context(),
                limit=self._settings.broker_connections,
                limit_per_host=self._settings.broker_connections_per_host,
                keepalive_timeout=_KEPT_ALIVE,
                socket_factory=None if self._policy is None else self._policy.open_socket,
            ),
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            skip_auto_headers=("User-Agent", "Accept", "Accept-Encoding", "Content-Type"),
            trust_env=False,
            middlewares=(once,),
        )

    async def close(self) -> None:
        """Let the connections go."""
        if self._session is not None:
            await self._session.close()

    async def carry(self, errand: Errand, receive: Receive, send: Send) -> None:
        """Carry a call and send its answer, whatever its status; redirects are not followed.

        Raises:
            CarryingError: if there is no answer that can be passed on; nothing was sent.
            CallTooLargeError: if its body is over the limit; nothing was sent.
            BodyUnfitError: if the credential finds no place in the body; nothing was sent.
            CutShortError: if the answer ended early; a part was sent.
            CallerGoneError: if the caller hung up.
        """
        idle = self._settings.broker_idle_seconds
        upload = Upload(receive, limit=errand.terms.max_body_bytes, idle_seconds=idle)
        try:
            await upload.begin(errand.declared, whole_up_to=self._wanted_whole(errand))
            async with Presence(receive) as presence:
                if upload.is_read:
                    presence.listen_soon()
                await self._try(errand, upload, Answering(errand, send, presence, idle))
        finally:
            errand.bytes_in = upload.size

    def _wanted_whole(self, errand: Errand) -> int:
        name = errand.terms.credential
        if name is None or self._wardrobe is None:
            return SMALL
        return max(SMALL, self._wardrobe.body_bytes(name))

    async def _try(self, errand: Errand, upload: Upload, answering: Answering) -> None:
        """Ask once; once more if the call is safe, nothing came back and time is left."""
        first: Standing | None = None
        may_repeat = errand.method in SAFE and upload.whole is not None
        while True:
            one = self.upstreams.choose(errand.terms.upstreams, but=first)
            try:
                await self._ask(one, errand, upload, answering)
            except CarryingError as error:
                if not may_repeat or first is not None or error.reason not in REPEATABLE:
                    raise
                first = one
            else:
                return

    async def _ask(
        self, one: Standing, errand: Errand, upload: Upload, answering: Answering
    ) -> None:
        """Ask one upstream, note how it did, and pass on what it says."""
        errand.upstream = one.url
        try:
            began = time.perf_counter()
            answer = await self._answer_of(one, errand, upload)
            seconds = time.perf_counter() - began
            await answering.pass_on(answer, is_read=upload.is_read)
        except (CarryingError, CutShortError) as error:
            self.upstreams.failed(one, error.reason)
            raise
        except BaseException:
            self.upstreams.let_go(one)
            raise
        else:
            self.upstreams.answered(one, seconds=seconds)

    async def _answer_of(
        self, one: Standing, errand: Errand, upload: Upload
    ) -> aiohttp.ClientResponse:
        answer = await self._send(one, errand, upload)
        name, wardrobe = errand.terms.credential, self._wardrobe
        if answer.status != _UNAUTHORISED or name is None or wardrobe is None:
            return answer
        if upload.whole is None or not wardrobe.renew(name):
            return answer
        answer.close()
        return await self._send(one, errand, upload)

    async def _send(self, one: Standing, errand: Errand, upload: Upload) -> aiohttp.ClientResponse:
        if self._session is None:
            raise RuntimeError("the carrier was not opened")
        url = URL(errand.address(one.url), encoded=True)
        if self._policy is not None and not self._policy.permits_host(url.host or ""):
            raise CarryingError(Failing.ADDRESS_REFUSED)
        headers, body = errand.headers, upload.whole
        if errand.terms.credential is not None and self._wardrobe is not None:
            headers = headers.copy()
            body = await self._wardrobe.dress(errand.terms.credential, headers, body)
        data: object = body
        if upload.whole is None:
            data = upload.rest()
            if errand.declared is not None:
                headers = headers.copy()
                headers["Content-Length"] = str(errand.declared)
        try:
            return await self._session.request(
                errand.method,
                url,
                headers=headers,
                data=data or None,
                allow_redirects=False,
                timeout=self._timeout(errand.terms.timeout_seconds),
            )
        except FAILURES as error:
            if upload.trouble is not None:
                raise upload.trouble from None
            raise CarryingError(word_of(error)) from error

    def _timeout(self, seconds: float) -> aiohttp.ClientTimeout:
        found = self._timeouts.get(seconds)
        if found is None:
            most = self._settings.broker_connect_seconds
            found = self._timeouts[seconds] = aiohttp.ClientTimeout(
                total=None, connect=most, sock_connect=most, sock_read=seconds
            )
        return found
