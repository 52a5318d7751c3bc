"""Refusals of the broker's register."""

from collections.abc import Sequence

from app.broker.domain.grants import GrantState
from app.broker.domain.service import RouteOrder, Service, ServiceState
from app.platform.errors import (
    ConflictError,
    Invalid,
    NotFoundError,
    RefusedError,
    UnavailableError,
)


class UnknownSharedServiceError(NotFoundError):
    """No service has this code and version, or it is not the caller's to see."""

    slug = "unknown-shared-service"
    title = "Không có dịch vụ này"
    title_en = "Unknown service"

    def __init__(self) -> None:
        super().__init__(
            "Không có dịch vụ nào mang mã và phiên bản này trong phạm vi của bạn.",
            "No service that is yours to see has this code and version.",
        )


class UnknownGrantError(NotFoundError):
    """No grant has this id, or it is not the caller's to see."""

    slug = "unknown-grant"
    title = "Không có quyền sử dụng này"
    title_en = "Unknown grant"

    def __init__(self) -> None:
        super().__init__(
            "Không có quyền sử dụng dịch vụ mang mã này trong phạm vi của bạn.",
            "No grant that is yours to see has this id.",
        )


class UnknownAccessRequestError(NotFoundError):
    """No request has this id, or it is not the caller's to see."""

    slug = "unknown-access-request"
    title = "Không có đề nghị này"
    title_en = "Unknown access request"

    def __init__(self) -> None:
        super().__init__(
            "Không có đề nghị khai thác mang mã này trong phạm vi của bạn.",
            "No access request that is yours to see has this id.",
        )


class NoDescriptionError(NotFoundError):
    """The version was never described by a document."""

    slug = "no-service-description"
    title = "Chưa có bản mô tả"
    title_en = "There is no description"

    def __init__(self) -> None:
        super().__init__(
            "Phiên bản này chưa có bản mô tả OpenAPI hay WSDL.",
            "This version has no OpenAPI or WSDL description.",
        )


class SharedServiceTakenError(ConflictError):
    """The version is registered already."""

    slug = "shared-service-taken"
    title = "Dịch vụ đã được đăng ký"
    title_en = "The service is registered already"

    def __init__(self, key: str) -> None:
        super().__init__(f"Đã có {key}.", f"{key} is registered.", extensions={"service": key})


class RouteUnservedError(RefusedError):
    """None of a version's addresses serves a route of its order."""

    slug = "route-unserved"
    title = "Không địa chỉ nào phục vụ thứ tự kết nối"
    title_en = "No address serves the order of connection"

    def __init__(self, route: RouteOrder) -> None:
        super().__init__(
            f"Thứ tự kết nối “{route.label}” cần ít nhất một địa chỉ của tuyến đó.",
            f"The order of connection {route} needs an address of one of its routes.",
            errors=[Invalid("/route", "không có địa chỉ", "no address serves it")],
        )


class ContextRefusedError(RefusedError):
    """The context is another service's, or belongs to the gateway itself."""

    slug = "context-refused"
    title = "Đoạn đường dẫn đầu không dùng được"
    title_en = "The context cannot be used"

    def __init__(self, context: str, why: str, why_en: str) -> None:
        super().__init__(
            f"Không đăng ký được {context!r}: {why}.",
            f"{context!r} cannot be registered: {why_en}.",
            errors=[Invalid("/context", why, why_en)],
        )


class OperationRefusedError(RefusedError):
    """An operation is none, is given twice, or the service has no such one."""

    slug = "operation-refused"
    title = "Thao tác không hợp lệ"
    title_en = "The operation is not valid"

    def __init__(self, pointer: str, why: str, why_en: str) -> None:
        super().__init__(
            f"Thao tác không hợp lệ: {why}.",
            f"The operation is not valid: {why_en}.",
            errors=[Invalid(pointer, why, why_en)],
        )


class ForbiddenServiceMoveError(ConflictError):
    """The version's state does not allow this."""

    slug = "forbidden-service-move"
    title = "Trạng thái dịch vụ không cho phép"
    title_en = "The service's state does not allow it"

    def __init__(self, state: ServiceState, why: str, why_en: str) -> None:
        super().__init__(
            f"Dịch vụ đang ở trạng thái {state.label}: {why}.",
            f"The service is {state}: {why_en}.",
            extensions={"state": state.value},
        )


class SharedServiceBlockedError(UnavailableError):
    """Nobody may call the service for the time being; its people have said why."""

    slug = "shared-service-blocked"
    title = "Dịch vụ đang tạm khoá"
    title_en = "The service is blocked"

    def __init__(self, service: Service) -> None:
        super().__init__(*words_of_block(service), extensions={"service": service.key})


def words_of_block(service: Service) -> tuple[str, str]:
    """Return how whoever calls a service is told that it is blocked, and why."""
    reason = "" if service.block is None else service.block.reason
    return f"Dịch vụ đang tạm khoá: {reason}", f"The service is blocked: {reason}"


class DateInThePastError(RefusedError):
    """A date or moment that must lie ahead does not."""

    slug = "not-in-future"
    title = "Thời điểm phải ở tương lai"
    title_en = "It must lie in the future"

    def __init__(self, pointer: str) -> None:
        super().__init__(
            "Thời điểm này phải sau hiện tại.",
            "This must be later than now.",
            errors=[Invalid(pointer, "không ở tương lai", "not in the future")],
        )


class ConsumerRefusedError(RefusedError):
    """The client does not exist, is revoked, or the service is not open to its member."""

    slug = "consumer-refused"
    title = "Ứng dụng không được cấp quyền này"
    title_en = "The client cannot be granted this"

    def __init__(self, pointer: str) -> None:
        super().__init__(
            "Không có ứng dụng này, ứng dụng đã bị thu hồi, hoặc dịch vụ không mở cho đơn vị "
            "của ứng dụng.",
            "There is no such client, it is revoked, or the service is not open to its member.",
            errors=[Invalid(pointer, "không cấp được", "cannot be granted")],
        )


class GrantEndedError(ConflictError):
    """The grant was revoked, or is already as it is wanted."""

    slug = "grant-not-changed"
    title = "Quyền sử dụng không thay đổi được"
    title_en = "The grant cannot be changed"

    def __init__(self, state: GrantState) -> None:
        super().__init__(
            f"Quyền sử dụng đang ở trạng thái “{state.label}”.",
            f"The grant is {state}.",
            extensions={"state": state.value},
        )


class BadDescriptionError(RefusedError):
    """A description document breaks the rules of its format, or of what is taken over."""

    slug = "bad-service-description"
    title = "Bản mô tả dịch vụ không hợp lệ"
    title_en = "The service description is not valid"

    def __init__(self, faults: Sequence[Invalid]) -> None:
        super().__init__(
            f"Chưa nhập gì: bản mô tả có {len(faults)} chỗ sai.",
            f"Nothing was imported: {len(faults)} places of the description are wrong.",
            errors=faults,
        )


class BreakingDescriptionError(ConflictError):
    """A description would break consumers of a published version."""

    slug = "breaking-description"
    title = "Bản mô tả làm hỏng hệ thống đang dùng"
    title_en = "The description breaks consumers"

    def __init__(self, changes: Sequence[Invalid]) -> None:
        super().__init__(
            "Phiên bản này đã công bố; hãy đăng ký phiên bản mới, hoặc gửi breaking=accepted.",
            "This version is published; register another version, or send breaking=accepted.",
            errors=changes,
        )
