"""Where others may have us call: `platform/targets.py` over https, unless it is set otherwise.

A name is judged by the addresses it resolves to at the moment of the call, and the call goes to
those very addresses: a name that changes its mind in between gains nothing.
"""

from socket import AF_INET, AddressFamily
from typing import Final

from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import ThreadedResolver
from typing_extensions import override

from app.platform.targets import Targets

_PUBLIC: Final = Targets()
_ANYWHERE: Final = Targets.within(("0.0.0.0/0", "::/0"))
_LONGEST: Final = 2000


class TargetRefusedError(ValueError):
    """An address that we do not call."""


def check_target(url: str, *, allow_private: bool) -> None:
    """Demand an address that may be called; names are not resolved here.

    Raises:
        TargetRefusedError: if it has no https, credentials, a fragment, or is not public.
    """
    place, _, query = url.partition("?")
    is_plain = query.isascii() and query.isprintable() and not set(query) & set(' \\#"<>')
    if not is_plain or len(url) > _LONGEST:
        raise TargetRefusedError("spelling")
    if (reason := _allowed(allow_private=allow_private).why_not(place)) is not None:
        raise TargetRefusedError(reason)
    if not (allow_private or place.startswith("https:")):
        raise TargetRefusedError("scheme")


class GuardedResolver(AbstractResolver):
    """Resolves names to their public addresses only; a name that has none is not found."""

    def __init__(self, *, allow_private: bool) -> None:
        self._names = ThreadedResolver()
        self._targets = _allowed(allow_private=allow_private)

    @override
    async def resolve(
        self, host: str, port: int = 0, family: AddressFamily = AF_INET
    ) -> list[ResolveResult]:
        found = await self._names.resolve(host, port, family)
        public = [one for one in found if self._targets.may_reach(one["host"])]
        if not public:
            raise OSError(None, "no public address")
        return public

    @override
    async def close(self) -> None:
        await self._names.close()


def _allowed(*, allow_private: bool) -> Targets:
    return _ANYWHERE if allow_private else _PUBLIC
