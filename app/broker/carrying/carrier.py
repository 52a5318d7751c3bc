"""Carrying calls to the services behind us, and their answers back."""

import time
from typing import Final

from starlette.types import Receive, Send

from app.broker.carrying.answers import Answering
from app.broker.carrying.bodies import SMALL, Upload, in_pieces
from app.broker.carrying.connections import Connections
from app.broker.carrying.errands import SAFE, Errand
from app.broker.carrying.expiring import is_refused
from app.broker.carrying.failures import word_of
from app.broker.carrying.hygiene import Lines
from app.broker.carrying.obtaining import Obtained
from app.broker.carrying.presence import Presence
from app.broker.carrying.upstreams import Place, Standing, Upstreams
from app.broker.carrying.wardrobe import Showing, Wardrobe
from app.broker.domain.carrying import REPEATABLE, CarryingError, CutShortError, Failing
from app.platform.calling.connections import Connection
from app.platform.calling.failing import CallError
from app.platform.calling.requests import Request
from app.platform.settings import Settings

_AT_ONCE: Final = 1024 * 1024
"""Bytes that are written in one go; more would keep every other call waiting."""


class Carrier:
    """Carries calls to upstreams and their answers back, both as they arrive."""

    def __init__(
        self,
        settings: Settings,
        connections: Connections,
        upstreams: Upstreams,
        wardrobe: Wardrobe | None = None,
    ) -> None:
        self.upstreams = upstreams
        self._settings = settings
        self._connections = connections
        self._wardrobe = wardrobe

    def close(self) -> None:
        """Let the connections go."""
        self._connections.close()

    async def carry(self, errand: Errand, receive: Receive, send: Send) -> None:
        """Carry a call and send its answer, whatever its status; redirects are not followed.

        Raises:
            CarryingError: if there is no answer that can be passed on; nothing was sent.
            CallTooLargeError: if its body is over the limit; nothing was sent.
            CallStalledError: if the rest of its body does not come; nothing was sent.
            BodyUnfitError: if the credential finds no place in the body; nothing was sent.
            CutShortError: if the answer ended early; a part was sent.
            CallerGoneError: if the caller hung up.
        """
        idle = self._settings.broker_idle_seconds
        upload = Upload(receive, limit=errand.terms.max_body_bytes, idle_seconds=idle)
        try:
            await upload.begin(errand.declared, whole_up_to=await self._wanted_whole(errand))
            with Presence(receive) as presence:
                if upload.is_read:
                    presence.listen_soon()
                upload.when_read = presence.listen_soon
                await self._try(errand, upload, Answering(errand, send, presence, idle))
        finally:
            errand.bytes_in = upload.size

    async def _wanted_whole(self, errand: Errand) -> int:
        most = SMALL
        for place in errand.terms.upstreams:
            if place.credential is not None:
                most = max(most, await self._worn().body_bytes(place.credential))
        return most

    def _worn(self) -> Wardrobe:
        if self._wardrobe is None:
            raise CarryingError(Failing.CREDENTIAL_FAILED)
        return self._wardrobe

    async def _try(self, errand: Errand, upload: Upload, answering: Answering) -> None:
        """Ask once; once more if the call is safe, nothing came back and time is left.

        Where a credential is not to be had nothing was asked: places with others are left.
        """
        places, first = errand.terms.upstreams, None
        may_repeat = errand.method in SAFE and upload.whole is not None
        while True:
            place, one = self.upstreams.choose(places, but=first)
            try:
                await self._ask((place, one), errand, upload, answering)
            except CarryingError as error:
                if error.reason is Failing.CREDENTIAL_FAILED:
                    places = [each for each in places if each.credential != place.credential]
                    if not places:
                        raise
                elif may_repeat and first is None and error.reason in REPEATABLE:
                    first = place
                else:
                    raise
            else:
                return

    async def _ask(
        self, chosen: tuple[Place, Standing], errand: Errand, upload: Upload, answering: Answering
    ) -> None:
        """Ask one upstream, note how it did, and pass on what it says."""
        is_judged = False
        place, one = chosen
        try:
            began = time.perf_counter()
            answer = await self._answer_of(place, errand, upload)
            errand.seconds = seconds = time.perf_counter() - began
            await answering.pass_on(answer, is_read=upload.is_read)
            self.upstreams.answered(one, seconds=seconds)
            is_judged = True
        except (CarryingError, CutShortError) as error:
            self.upstreams.failed(one, error.reason)
            is_judged = True
            raise
        finally:
            if not is_judged:
                self.upstreams.let_go(one)

    async def _answer_of(self, place: Place, errand: Errand, upload: Upload) -> Connection:
        """Ask with the place's credential; once more if a token or session was refused."""
        name = place.credential
        if name is None:
            return await self._send(place, errand, upload, errand.headers, upload.whole)
        answer, obtained = await self._ask_dressed(name, place, errand, upload)
        if obtained is not None and await self._refuses(answer, obtained):
            self._worn().give_up(obtained)
            if upload.whole is not None:
                answer.cut()
                answer, _ = await self._ask_dressed(name, place, errand, upload)
        return answer

    async def _refuses(self, answer: Connection, obtained: Obtained) -> bool:
        is_known = False
        try:
            found = await is_refused(answer, obtained)
            is_known = True
            return found
        finally:
            if not is_known:
                answer.cut()

    async def _ask_dressed(
        self, name: str, place: Place, errand: Errand, upload: Upload
    ) -> tuple[Connection, Obtained | None]:
        headers = errand.headers.copy()
        server, _ = self._connections.place_of(place.url)
        dressed = await self._worn().dress(Showing(name, server), headers, upload.whole)
        answer = await self._send(place, errand, upload, headers, dressed.body)
        return answer, dressed.obtained

    async def _send(
        self, place: Place, errand: Errand, upload: Upload, lines: Lines, whole: bytes | None
    ) -> Connection:
        server, base = self._connections.place_of(place.url)
        request = Request(errand.method, errand.target(base), lines)
        if whole is None:
            request.pieces, request.length = upload.rest(), errand.declared
        elif len(whole) > _AT_ONCE:
            request.pieces, request.length = in_pieces(whole), len(whole)
        else:
            request.body = whole
        try:
            return await self._connections.ask(
                server, request, seconds=errand.terms.timeout_seconds
            )
        except CallError as error:
            if upload.trouble is not None:
                raise upload.trouble from None
            raise CarryingError(word_of(error)) from error
