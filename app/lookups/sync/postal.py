"""What VNPost would take for a way, in our words."""

from app.exchange.ngsp.postal import PostalClient
from app.exchange.ngsp.wire.postal import End, PriceQuestion
from app.lookups.domain.postal import PostalWay


class PostalDesk:
    """Asks VNPost for prices."""

    def __init__(self, client: PostalClient) -> None:
        self._client = client

    async def price(self, way: PostalWay) -> int | None:
        """Return the price in đồng; None where VNPost names none for this way."""
        return await self._client.price(
            PriceQuestion(
                weight=way.weight,
                is_return=int(way.both_ways),
                sender=End(province=way.sender[0], district=way.sender[1]),
                receiver=End(province=way.receiver[0], district=way.receiver[1]),
            )
        )
