"""Scopes, clients and callers."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from app.codes import AgencyCode
from app.platform.errors import (
    ForbiddenError,
    Invalid,
    NotFoundError,
    RefusedError,
    UnauthenticatedError,
)


class Scope(StrEnum):
    """What a client may be allowed to do: one scope per act."""

    SUBMIT_DOSSIERS = "dossiers:submit"
    READ_DOSSIERS = "dossiers:read"
    PROGRESS_DOSSIERS = "dossiers:progress"
    SEND_DOCUMENTS = "documents:send"
    READ_DOCUMENTS = "documents:read"
    REPORT_STATUSES = "documents:status"
    READ_CATALOGUE = "catalogue:read"
    READ_EVIDENCE = "evidence:read"
    CALL_PORTAL = "portal:call"


@dataclass(frozen=True, slots=True)
class Client:
    """A system that may call us, on behalf of one member and all below it."""

    client_id: str
    name: str
    member: AgencyCode
    scopes: frozenset[Scope]
    created_at: datetime
    revoked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Caller:
    """Who makes this request."""

    client_id: str
    member: AgencyCode
    scopes: frozenset[Scope]
    request_id: str

    def may_see(self, agency: AgencyCode) -> bool:
        """Tell whether a record of `agency` is this caller's: its own or one below it."""
        return agency.within(self.member)

    def act_for(self, agency: AgencyCode, *, pointer: str) -> None:
        """Demand that the caller may act for `agency`; `pointer` is where it stood.

        Raises:
            AgencyNotYoursError: if it is neither the caller's member nor below it.
        """
        if not self.may_see(agency):
            raise AgencyNotYoursError(agency, self.member, pointer)


class InvalidTokenError(UnauthenticatedError):
    """There is no access token, or it is not good (any more)."""

    slug = "invalid-token"
    title = "Chưa xác thực"
    title_en = "Not authenticated"

    def __init__(self) -> None:
        super().__init__(
            "Thiếu mã truy cập, hoặc mã đã hết hạn hay bị thu hồi; hãy lấy mã mới ở /oauth2/token.",
            "The access token is missing, expired or revoked; get one at /oauth2/token.",
        )


class MissingScopeError(ForbiddenError):
    """The client was not given the scope of this act."""

    slug = "insufficient-scope"
    title = "Không đủ quyền"
    title_en = "Insufficient scope"

    def __init__(self, scope: Scope) -> None:
        super().__init__(
            f"Ứng dụng chưa được cấp quyền {scope}.",
            f"This client was not given the scope {scope}.",
            extensions={"scope": scope.value},
        )


class AgencyNotYoursError(ForbiddenError):
    """The request acts for an agency that is neither the caller's member nor below it."""

    slug = "agency-not-yours"
    title = "Cơ quan ngoài phạm vi của bạn"
    title_en = "The agency is not yours"

    def __init__(self, agency: AgencyCode, member: AgencyCode, pointer: str) -> None:
        super().__init__(
            f"Ứng dụng của {member} không được làm thay {agency}.",
            f"A client of {member} may not act for {agency}.",
            errors=[Invalid(pointer, f"ngoài {member}", f"outside {member}")],
        )


class UnknownScopeError(RefusedError):
    """A scope that does not exist was asked for."""

    slug = "unknown-scope"
    title = "Quyền không tồn tại"
    title_en = "Unknown scope"

    def __init__(self, scope: str) -> None:
        super().__init__(f"Không có quyền {scope!r}.", f"There is no scope {scope!r}.")


class UnknownClientError(NotFoundError):
    """No client has this id."""

    slug = "unknown-client"
    title = "Không có ứng dụng này"
    title_en = "Unknown client"

    def __init__(self) -> None:
        super().__init__("Không có ứng dụng mang mã này.", "No client has this id.")
