"""Refusals about webhooks."""

from collections.abc import Sequence

from app.platform.errors import (
    ConflictError,
    Invalid,
    NotFoundError,
    RefusedError,
    UnavailableError,
)
from app.webhooks.domain.webhooks import State


class UnknownWebhookError(NotFoundError):
    """No webhook has this id, or it is not the caller's."""

    slug = "unknown-webhook"
    title = "Không có webhook này"
    title_en = "Unknown webhook"

    def __init__(self) -> None:
        super().__init__("Không có webhook mang mã này.", "No webhook has this id.")


class UnknownEventTypeError(RefusedError):
    """A type of events that there is none of."""

    slug = "unknown-event-type"
    title = "Loại sự kiện không tồn tại"
    title_en = "Unknown event type"

    def __init__(self, places: Sequence[int]) -> None:
        super().__init__(
            "Có loại sự kiện không tồn tại; xem GET /v1/webhooks/event-types.",
            "Some event types do not exist; see GET /v1/webhooks/event-types.",
            errors=[
                Invalid(f"/event_types/{place}", "không có loại này", "there is no such type")
                for place in places
            ],
        )


class WebhookTargetError(RefusedError):
    """The address is not one that we call."""

    slug = "webhook-target-refused"
    title = "Địa chỉ nhận không được chấp nhận"
    title_en = "The target is refused"

    def __init__(self) -> None:
        super().__init__(
            "Địa chỉ nhận phải là https công khai, không kèm tài khoản hay #.",
            "The target must be a public https address without credentials or a fragment.",
            errors=[Invalid("/url", "không phải địa chỉ https công khai", "not a public https")],
        )


class TooManyWebhooksError(ConflictError):
    """A member has as many webhooks as it may."""

    slug = "too-many-webhooks"
    title = "Đã đủ số webhook"
    title_en = "Too many webhooks"

    def __init__(self, limit: int) -> None:
        super().__init__(
            f"Mỗi đơn vị có tối đa {limit} webhook.",
            f"A member has at most {limit} webhooks.",
            extensions={"limit": limit},
        )


class WebhookStateError(ConflictError):
    """The webhook's state does not allow it."""

    slug = "webhook-state"
    title = "Trạng thái webhook không cho phép"
    title_en = "The state of the webhook does not allow it"

    def __init__(self, state: State) -> None:
        super().__init__(
            f"Webhook đang ở trạng thái “{state.label}”.",
            f"The webhook is {state}.",
            extensions={"state": state.value},
        )


class UnknownWebhookEventError(RefusedError):
    """No event of the webhook has this id."""

    slug = "unknown-webhook-event"
    title = "Không có sự kiện này"
    title_en = "Unknown event"

    def __init__(self) -> None:
        super().__init__(
            "Không có sự kiện nào của webhook này mang mã đó.",
            "No event of this webhook has that id.",
            errors=[Invalid("/from_event", "không có", "unknown")],
        )


class NoSealingKeyError(UnavailableError):
    """Secrets cannot be kept here yet."""

    slug = "no-sealing-key"
    title = "Chưa thể giữ khoá bí mật"
    title_en = "Secrets cannot be kept yet"

    def __init__(self) -> None:
        super().__init__(
            "Chưa cài đặt khoá mã hoá (LGSP_ENCRYPTION_KEY_FILE), nên chưa giữ được khoá bí mật.",
            "LGSP_ENCRYPTION_KEY_FILE is not set, so no secret can be kept.",
        )
