"""VNPost through the nation's gateway: place an order, cancel it, price a way, read the feed."""

from dataclasses import dataclass
from typing import Final

from app.exchange.dvcqg.portal import shown
from app.exchange.ngsp.calling import Call, Caller, posting, read
from app.exchange.ngsp.errors import ServiceError, Trouble
from app.exchange.ngsp.outcomes import LONGEST_WORDS, deferred
from app.exchange.ngsp.wire.postal import Answer, Event, Feed, Order, PriceAnswer, PriceQuestion
from app.exchange.outcomes import Delivered, Outcome, Refused

FIRST: Final = "0" * 24
"""Where the feed begins."""
LARGEST_PAGE: Final = 1000

_SERVICE: Final = "postal"
_DONE: Final = "100"
_EXISTS: Final = "101"


@dataclass(frozen=True, slots=True)
class PostalAddresses:
    """Where VNPost's operations stand below its context; all but the first are unknown."""

    place: str = "order/post"
    cancel: str = "order/cancel"
    tracking: str = "order/tracking"
    price: str = "order/price"


class PostalClient:
    """Speaks to VNPost for one customer code; one object per process and event loop."""

    def __init__(
        self,
        caller: Caller,
        *,
        context: str,
        customer: str,
        addresses: PostalAddresses = PostalAddresses(),
    ) -> None:
        self._caller = caller
        self._context = context
        self._addresses = addresses
        self.customer = customer

    async def place(self, order: Order) -> Outcome:
        """Place an order; one that is there already under its number counts as placed."""
        content = order.model_dump()
        call = posting(_SERVICE, "postal-order", self._url(self._addresses.place), content)
        return await self._done(call, {_DONE, _EXISTS})

    async def cancel(self, number: str) -> Outcome:
        """Cancel an order; the same again changes nothing there."""
        query = {"CustomerCode": self.customer, "OrderNumber": number}
        url = self._url(self._addresses.cancel)
        return await self._done(Call(_SERVICE, "postal-cancel", "GET", url, query), {_DONE})

    async def events(self, after: str, *, size: int = LARGEST_PAGE) -> tuple[Event, ...]:
        """Return what happened behind an event, oldest first; none at the end.

        Raises:
            ServiceError: if nobody answers, or the answer is no page of the feed.
        """
        query = {"pagesize": str(size), "lastId": after}
        url = self._url(self._addresses.tracking)
        call = Call(_SERVICE, "postal-tracking", "GET", url, query)
        return read(Feed, call, await self._caller.ask(call)).embedded.events

    async def price(self, question: PriceQuestion) -> int:
        """Return what a way costs, in đồng.

        Raises:
            ServiceError: if nobody answers, the answer has no price, or VNPost refuses.
        """
        content = question.model_dump()
        call = posting(_SERVICE, "postal-price", self._url(self._addresses.price), content)
        told = read(PriceAnswer, call, await self._caller.ask(call))
        if told.content is None:
            trouble = Trouble.REFUSED if told.status else Trouble.MALFORMED
            raise ServiceError(trouble, shown(told.status) or "no-price")
        return told.content.amount

    async def _done(self, call: Call, done: set[str]) -> Outcome:
        try:
            told = read(Answer, call, await self._caller.ask(call))
        except ServiceError as error:
            return deferred(error)
        if told.status in done:
            return Delivered(told.status)
        return Refused(shown(told.status), told.message[:LONGEST_WORDS])

    def _url(self, resource: str) -> str:
        return self._caller.url(self._context, resource)
