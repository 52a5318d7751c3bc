"""Scopes, clients, connected systems and callers."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from typing_extensions import override

from app.access.domain.bearers import Style
from app.codes import AgencyCode
from app.platform.errors import (
    ConflictError,
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
    UPLOAD_FILES = "files:upload"
    SEARCH_RESULTS = "results:search"
    SEND_DOCUMENTS = "documents:send"
    READ_DOCUMENTS = "documents:read"
    REPORT_STATUSES = "documents:status"
    CHECK_SIGNATURES = "documents:check"
    READ_CATALOGUE = "catalogue:read"
    READ_EVIDENCE = "evidence:read"
    WATCH_TRAFFIC = "traffic:watch"
    FORWARD_SERVICES = "services:forward"
    CALL_PORTAL = "portal:call"
    DECIDE_SERVICES = "public-services:decide"
    TAKE_OPINIONS = "opinions:take"
    ANSWER_OPINIONS = "opinions:answer"
    READ_STATISTICS = "statistics:read"
    READ_NOTICES = "notices:read"
    PLACE_POSTAL_ORDERS = "postal-orders:place"
    PLACE_JUDICIAL_RECORDS = "judicial-records:place"
    READ_ERRANDS = "errands:read"
    IMPORT_CATALOGUES = "catalogues:import"
    TRACK_FILES = "file-trackings:place"
    PLACE_LAND_FILES = "land-files:place"
    LOOK_UP_ENTERPRISES = "lookups:enterprises"
    LOOK_UP_POPULATION = "lookups:population"
    LOOK_UP_CATALOGUES = "lookups:catalogues"
    LOOK_UP_POSTAL = "lookups:postal"
    LOOK_UP_LICENCES = "lookups:licences"
    LOOK_UP_VEHICLES = "lookups:vehicles"
    MANAGE_WEBHOOKS = "webhooks:manage"
    READ_REPORTS = "reports:read"
    SUBMIT_REPORTS = "reports:submit"
    CHECK_REPORTS = "reports:check"
    READ_SERVICES = "services:read"
    REGISTER_SERVICES = "services:register"
    GRANT_SERVICES = "services:grant"
    REQUEST_SERVICES = "services:request"
    LIMIT_SERVICES = "services:limit"
    READ_EXCHANGES = "exchanges:read"
    LOOK_UP_INSURANCE = "lookups:insurance"
    REGISTER_CIVIL_STATUS = "lookups:civil-status"
    READ_LOOKUPS = "lookups:read"


@dataclass(frozen=True, slots=True)
class Client:
    """A system that may call us, on behalf of one member and all below it."""

    client_id: str
    name: str
    member: AgencyCode
    scopes: frozenset[Scope]
    created_at: datetime
    revoked_at: datetime | None = None
    styles: frozenset[Style] = frozenset()


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


@dataclass(frozen=True, slots=True)
class System:
    """A system that signs its calls with a shared secret, as on the national document axis.

    It speaks for its member and, where it has one, for every unit at or below its root. Of
    what came before `since` its inbox knows nothing.
    """

    system_id: str
    member: AgencyCode
    root: AgencyCode | None
    created_at: datetime
    since: datetime
    revoked_at: datetime | None = None

    def speaks_for(self, agency: AgencyCode) -> bool:
        """Tell whether the system may act for a unit, given by its canonical code."""
        is_below = self.root is not None and agency.within(self.root)
        return is_below or agency.canonical == self.member.canonical

    def may_change(self, agency: AgencyCode) -> bool:
        """Tell whether a unit of the directory is the system's to change: below its own top."""
        top = self.root or self.member
        return agency.within(top) and agency.canonical != top.canonical


@dataclass(frozen=True, slots=True)
class Reach:
    """The units whose inbox is one system's: each unit has the nearest system that serves it.

    `served` are members, and `roots` subtrees, under its root that other systems serve.
    """

    member: AgencyCode
    root: AgencyCode | None
    served: frozenset[AgencyCode]
    roots: frozenset[AgencyCode]
    since: datetime

    def has(self, agency: AgencyCode) -> bool:
        """Tell whether a unit's inbox is this system's; the unit is given canonically."""
        if agency.canonical == self.member.canonical:
            return True
        is_below = self.root is not None and agency.within(self.root)
        is_elsewhere = agency in self.served or any(agency.within(root) for root in self.roots)
        return is_below and not is_elsewhere


def reach_of(system: System, others: Iterable[System]) -> Reach:
    """Return which units' inbox is the system's, beside `others` in force."""
    below = [
        other
        for other in others
        if other.system_id != system.system_id and other.revoked_at is None
    ]
    root = system.root
    nearer = {
        other.root
        for other in below
        if other.root is not None and root is not None and other.root.within(root)
    }
    served = {
        other.member
        for other in below
        if root is not None
        and other.member.within(root)
        and other.member.canonical != system.member.canonical
    }
    return Reach(system.member, root, frozenset(served), frozenset(nearer), system.since)


@dataclass(frozen=True, slots=True)
class SystemCaller(Caller):
    """A system that proved its request; it may do on its wire whatever that wire offers."""

    system: System
    reach: Reach

    @override
    def may_see(self, agency: AgencyCode) -> bool:
        return self.system.speaks_for(agency)


class UnknownSystemError(NotFoundError):
    """No system has this id."""

    slug = "unknown-system"
    title = "Không có hệ thống này"
    title_en = "Unknown system"

    def __init__(self) -> None:
        super().__init__("Không có hệ thống mang mã này.", "No system has this id.")


class SystemTakenError(ConflictError):
    """Another system in force has the id, or serves the same member or root."""

    slug = "system-taken"
    title = "Đã có hệ thống khác"
    title_en = "Another system is there already"

    def __init__(self, system_id: str) -> None:
        super().__init__(
            f"Hệ thống {system_id} đã mang mã này hoặc đã phục vụ đơn vị này.",
            f"System {system_id} has this id, member or root already.",
            extensions={"system": system_id},
        )
