"""VNPost through the nation's gateway: place an order, cancel it, price a way, read the feed."""

from dataclasses import dataclass
from typing import Final

from app.exchange.dvcqg.portal import shown
from app.exchange.ngsp.calling import Call, Caller, malformed, posting, read
from app.exchange.ngsp.errors import ServiceError, Trouble
from app.exchange.ngsp.outcomes import LONGEST_WORDS, deferred
from app.exchange.ngsp.wire.postal import Answer, Event, Feed, Order, PriceAnswer, PriceQuestion
from app.exchange.outcomes import Delivered, Outcome, Refused
from app.platform.settings import Settings

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

    async def price(self, question: PriceQuestion) -> int | None:
        """Return what a way costs, in đồng; None where no price is named.

        Raises:
            ServiceError: if nobody answers, the answer has no price, or VNPost refuses.
        """
        content = question.model_dump()
        call = posting(_SERVICE, "postal-price", self._url(self._addresses.price), content)
        answer = await self._caller.ask(call)
        told = read(PriceAnswer, call, answer)
        if told.content is not None:
            return told.content.amount
        if told.status:
            raise ServiceError(Trouble.REFUSED, shown(told.status))
        if "content" not in told.model_fields_set:
            raise malformed(call, answer, "neither price nor refusal")
        return None

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


def postal_of(settings: Settings, caller: Caller) -> PostalClient | None:
    """Return the client of VNPost; None without a customer code."""
    if settings.postal_customer is None:
        return None
    return PostalClient(
        caller,
        context=settings.postal_context.strip("/"),
        customer=settings.postal_customer,
        addresses=PostalAddresses(*settings.postal_addresses),
    )
