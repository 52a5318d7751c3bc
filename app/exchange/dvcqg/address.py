"""Where the portal's adapter is, and by which of two roads a call gets there."""

from dataclasses import dataclass, field
from typing import Final
from urllib.parse import urlencode

from pydantic import SecretStr

from app.platform.settings import Route

LOGIN_PATH: Final = "/mapi/login"
SERVICE_PATH: Final = "/mapi/g"

_FORWARD: Final = "/RestService/forward"


@dataclass(frozen=True, slots=True)
class DvcqgAddress:
    """The adapter's base and the names a call needs on its way.

    `direct`: base and path, with `dstcode` as a header where there is one. `security-server`:
    the base ends in `…/RestService/forward`, path appended, `dstcode` and `providerurl` in the
    query. Without a `route` the end of the base decides. `bearer` is that of a gateway in front.

    Raises:
        ValueError: if a security server is to be passed and no `dstcode` says where to.
    """

    base_url: str
    dstcode: str | None = None
    provider_url: str | None = None
    route: Route | None = None
    bearer: SecretStr | None = None
    login_url: str = field(init=False)
    service_url: str = field(init=False)

    def __post_init__(self) -> None:
        if self._is_forwarded and not self.dstcode:
            raise ValueError("a security server needs a dstcode")
        # The dataclass is frozen, and both are derived once from what was given.
        object.__setattr__(self, "login_url", self._url(LOGIN_PATH))
        object.__setattr__(self, "service_url", self._url(SERVICE_PATH))

    @property
    def headers(self) -> dict[str, str]:
        """What a call carries because of the road it takes."""
        found = {"dstcode": self.dstcode} if self.dstcode and not self._is_forwarded else {}
        if self.bearer is not None:
            found["Authorization"] = f"Bearer {self.bearer.get_secret_value()}"
        return found

    @property
    def _is_forwarded(self) -> bool:
        if self.route is None:
            return self.base_url.rstrip("/").endswith(_FORWARD)
        return self.route is Route.SECURITY_SERVER

    def _url(self, path: str) -> str:
        url = f"{self.base_url.rstrip('/')}{path}"
        if not self._is_forwarded:
            return url
        names = {"dstcode": self.dstcode, "providerurl": self.provider_url}
        query = urlencode({name: value for name, value in names.items() if value}, safe=":")
        return f"{url}?{query}"
