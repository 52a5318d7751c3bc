"""Shared services as their pages show them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final
from urllib.parse import quote, urlencode, urlsplit

from app.broker.carrying.breaker import BreakerState
from app.broker.carrying.upstreams import Standing, Upstreams, state_of
from app.broker.domain.carrying import Failing
from app.broker.domain.deciding import RefusalReason
from app.broker.domain.quotas import EACH, Quota
from app.broker.domain.service import Service, ServiceState, Upstream
from app.console.domain.shared_services import BLOCKED, Choice, Figures, Listed, states_of

HERE: Final = "/dich-vu-chia-se"

STATES: Final[Mapping[str, str]] = {
    **{state.value: state.label for state in ServiceState},
    BLOCKED: "Tạm khoá",
}
_BREAKERS: Final[Mapping[BreakerState, str]] = {
    BreakerState.CLOSED: "gọi được",
    BreakerState.OPEN: "tạm ngừng gọi sau nhiều lỗi",
    BreakerState.HALF_OPEN: "chờ một lượt gọi thử",
}
_REASONS: Final[Mapping[str, str]] = {
    RefusalReason.UNSAFE_PATH: "đường dẫn không an toàn",
    RefusalReason.UNKNOWN_SERVICE: "không có dịch vụ, hoặc không dành cho bên gọi",
    RefusalReason.NOT_PUBLISHED: "chưa hoặc không còn phục vụ",
    RefusalReason.NO_OPERATION: "không có thao tác này",
    RefusalReason.NOT_GRANTED: "chưa được cấp quyền",
    RefusalReason.EXPIRED: "quyền đã hết hạn",
    RefusalReason.SUSPENDED: "quyền đang tạm dừng",
    RefusalReason.REVOKED: "quyền đã thu hồi",
    RefusalReason.BLOCKED: "phiên bản đang tạm khoá",
    Failing.CONNECT_FAILED: "không nối được",
    Failing.CONNECT_TIMEOUT: "nối quá lâu",
    Failing.ADDRESS_REFUSED: "địa chỉ không được phép gọi",
    Failing.TLS_FAILED: "chứng thư hoặc TLS không đúng",
    Failing.TIMEOUT: "quá thời gian chờ",
    Failing.CONNECTION_LOST: "mất kết nối",
    Failing.ANSWER_UNREADABLE: "trả lời sai quy cách",
    Failing.ANSWER_TOO_LARGE: "trả lời quá lớn",
    Failing.CIRCUIT_OPEN: "đang tạm ngừng gọi",
    Failing.CREDENTIAL_FAILED: "không lấy được khóa của dịch vụ",
}


def reason_label(reason: str) -> str:
    """Return the Vietnamese words of why a call got no answer; "" where the word says nothing."""
    return _REASONS.get(reason, "")


@dataclass(frozen=True, slots=True)
class VersionRow:
    """A version in a list."""

    name: str
    address: str
    states: str
    protocol: str
    breaker: str
    is_wrong: bool


@dataclass(frozen=True, slots=True)
class ServiceRow:
    """A service in a list."""

    code: str
    title: str
    owner: str
    versions: Sequence[VersionRow]
    figures: Figures


def row_of(listed: Listed, figures: Figures, upstreams: Upstreams, day: date) -> ServiceRow:
    """Return what a list says of a service."""
    versions = [_version(one, upstreams, day) for one in listed.versions]
    lead = listed.lead
    return ServiceRow(listed.code, lead.title, str(lead.owner), versions, figures)


def _version(service: Service, upstreams: Upstreams, day: date) -> VersionRow:
    breaker = breaker_of(service, upstreams)
    return VersionRow(
        service.version + (" (mặc định)" if service.is_default else ""),
        address_of(service),
        states_label(service, day),
        service.protocol.label,
        _BREAKERS[breaker],
        breaker is not BreakerState.CLOSED,
    )


def states_label(service: Service, day: date) -> str:
    """Return how a version stands on a day."""
    return ", ".join(STATES[one] for one in states_of(service, day))


def breaker_of(service: Service, upstreams: Upstreams) -> BreakerState:
    """Return how the best of a version's addresses stands with this process."""
    return state_of([upstreams.of(one.url) for one in service.reached])


def address_of(service: Service) -> str:
    """Return where the page of a version is."""
    return f"{HERE}/{quote(service.code)}/{quote(service.version)}"


def list_address(choice: Choice, after: str = "") -> str:
    """Return where a page of the list is."""
    asked = {"trang-thai": choice.state, "tim": choice.text, "sau": after}
    said = urlencode({name: value for name, value in asked.items() if value})
    return f"{HERE}?{said}" if said else HERE


@dataclass(frozen=True, slots=True)
class HealthRow:
    """How an address of a version has answered this process."""

    address: str
    route: str
    state: str
    is_wrong: bool
    answers: int
    failures: int
    last_answer_at: datetime | None
    last_failure_at: datetime | None
    last_failure: str
    milliseconds: int | None


def health_of(service: Service, upstreams: Upstreams) -> Sequence[HealthRow]:
    """Return how each address of a version does, those too that its order does not call."""
    called = {one.url for one in service.reached}
    return [_health(one, upstreams.of(one.url), is_called=one.url in called) for one in
            service.upstreams]  # fmt: skip


def _health(place: Upstream, one: Standing, *, is_called: bool) -> HealthRow:
    state = one.breaker.state
    failure = "" if one.last_failure is None else one.last_failure.value
    route = "theo thứ tự kết nối" if place.via is None else place.via.value
    return HealthRow(
        address=plain_address(place.url),
        route=route if is_called else f"{route}, không gọi",
        state=_BREAKERS[state],
        is_wrong=state is not BreakerState.CLOSED,
        answers=one.answers,
        failures=one.failures,
        last_answer_at=one.last_answer_at,
        last_failure_at=one.last_failure_at,
        last_failure=reason_label(failure) or failure,
        milliseconds=None if one.seconds is None else round(one.seconds * 1000),
    )


def plain_address(url: str) -> str:
    """Return an address without what may be secret in it: no user, no query."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"


def subject_of(quota: Quota) -> str:
    """Return whose calls a quota counts."""
    if quota.client_id is None:
        return "mọi ứng dụng cộng lại"
    return "mỗi ứng dụng riêng" if quota.client_id == EACH else quota.client_id


def object_of(quota: Quota) -> str:
    """Return calls of what a quota counts."""
    return quota.operation or ("mọi thao tác" if quota.service else "mọi dịch vụ")
