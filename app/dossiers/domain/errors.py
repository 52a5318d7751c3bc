"""Why an act on a dossier is refused."""

from collections.abc import Collection
from datetime import datetime

from app.codes import AgencyCode, DossierCode
from app.dossiers.domain.actors import ActorKind
from app.dossiers.domain.intake import IntakeSource
from app.dossiers.domain.statuses import Status
from app.platform.errors import (
    ConflictError,
    Invalid,
    NotFoundError,
    RefusedError,
)


class UnknownDossierError(NotFoundError):
    """No dossier of the caller's member, or of one below it, has this code."""

    slug = "unknown-dossier"
    title = "Không tìm thấy hồ sơ"
    title_en = "Unknown dossier"

    def __init__(self) -> None:
        super().__init__(
            "Không có hồ sơ mang mã này trong phạm vi của bạn.",
            "There is no dossier with this code that is yours.",
        )


class DuplicateDossierError(ConflictError):
    """A dossier with the supplied code was taken in before."""

    slug = "duplicate-dossier"
    title = "Mã hồ sơ đã tồn tại"
    title_en = "Duplicate dossier code"

    def __init__(self, code: DossierCode) -> None:
        super().__init__(
            f"Hồ sơ {code} đã tồn tại; muốn báo tiến độ hãy gửi tới {code}/progress.",
            f"Dossier {code} exists already; report its progress to {code}/progress.",
            errors=[Invalid("/code", "mã đã được dùng", "the code is taken")],
        )


class DueTooEarlyError(RefusedError):
    """The result would be due before the dossier was received."""

    slug = "due-before-received"
    title = "Ngày hẹn trả trước ngày tiếp nhận"
    title_en = "Due before received"

    def __init__(self, received_at: datetime) -> None:
        moment = received_at.isoformat()
        super().__init__(
            "Ngày hẹn trả kết quả phải sau ngày tiếp nhận.",
            "A result cannot be due before the dossier was received.",
            errors=[
                Invalid("/due_at", f"trước ngày tiếp nhận {moment}", f"before received_at {moment}")
            ],
        )


class InvalidIdentityError(RefusedError):
    """The identity number does not have the form of its kind."""

    slug = "invalid-identity"
    title = "Số giấy tờ không đúng quy cách"
    title_en = "Invalid identity number"

    def __init__(self, wanted: str, wanted_en: str) -> None:
        super().__init__(
            "Số giấy tờ của người nộp không khớp với loại giấy tờ.",
            "The applicant's identity number does not have the form of its kind.",
            errors=[Invalid("/applicant/identity_number", wanted, wanted_en)],
        )


class IntakeMismatchError(RefusedError):
    """The dossier did not come in through a door of its channel."""

    slug = "intake-mismatch"
    title = "Nguồn tiếp nhận không hợp với kênh thực hiện"
    title_en = "The intake source does not fit the channel"

    def __init__(self, sources: Collection[IntakeSource]) -> None:
        labels = ", ".join(f"“{source.label}”" for source in sources)
        names = ", ".join(sources)
        super().__init__(
            f"Với kênh này, nguồn tiếp nhận chỉ có thể là: {labels}.",
            f"On this channel a dossier comes in by {names}.",
            errors=[Invalid("/intake/source", f"phải là {labels}", f"must be {names}")],
        )


class UncodableAgencyError(RefusedError):
    """No dossier code can be made for this agency: its own code does not fit into one."""

    slug = "uncodable-agency"
    title = "Không sinh được mã hồ sơ"
    title_en = "No dossier code can be made"

    def __init__(self, agency: AgencyCode) -> None:
        super().__init__(
            f"Mã {agency} không ghép được thành mã hồ sơ; hãy gửi kèm code.",
            f"{agency} does not fit into a dossier code; supply one in code.",
            errors=[Invalid("/code", "cần có với cơ quan này", "wanted for this agency")],
        )


class ForbiddenTransitionError(ConflictError):
    """The dossier's present status does not allow the wanted one."""

    slug = "forbidden-transition"
    title = "Không chuyển được trạng thái"
    title_en = "Forbidden transition"

    def __init__(self, present: Status, wanted: Status, ways: Collection[Status]) -> None:
        allowed = sorted(ways, key=lambda status: status.code)
        labels = ", ".join(f"“{status.label}”" for status in allowed) or "không trạng thái nào"
        names = ", ".join(allowed) or "nothing: it is final"
        super().__init__(
            f"Hồ sơ đang ở “{present.label}”, không chuyển sang “{wanted.label}” được; "
            f"chỉ có thể sang: {labels}.",
            f"The dossier is {present} and cannot become {wanted}; it can become {names}.",
            errors=[
                Invalid(
                    "/status", f"không đi từ “{present.label}”", f"not reachable from {present}"
                )
            ],
            extensions={"present": present.value, "wanted": wanted.value},
        )


class ForbiddenActorError(ConflictError):
    """The move is lawful, and not for whoever makes it."""

    slug = "forbidden-actor"
    title = "Người thực hiện không có quyền chuyển trạng thái này"
    title_en = "Not this actor's move"

    def __init__(
        self, present: Status, wanted: Status, actor: ActorKind, entitled: Collection[ActorKind]
    ) -> None:
        others = [kind for kind in ActorKind if kind in entitled]
        labels = ", ".join(f"“{kind.label}”" for kind in others)
        super().__init__(
            f"“{actor.label}” không chuyển được hồ sơ từ “{present.label}” sang "
            f"“{wanted.label}”; chỉ {labels} mới được.",
            f"A {actor} cannot move a dossier from {present} to {wanted}; "
            f"only {', '.join(others)} can.",
            errors=[
                Invalid("/actor/kind", f"chỉ dành cho {labels}", f"only for {', '.join(others)}")
            ],
            extensions={"present": present.value, "wanted": wanted.value, "actor": actor.value},
        )


class NamedTwiceError(RefusedError):
    """Whoever acts is named in `actor` and beside it."""

    slug = "actor-named-twice"
    title = "Người thực hiện được nêu hai lần"
    title_en = "The actor is named twice"

    def __init__(self) -> None:
        super().__init__(
            "Tên, chức danh, phòng ban của người thực hiện chỉ ghi một nơi: trong actor.",
            "Name, title and department of whoever acts belong in one place: in actor.",
            errors=[Invalid("/actor", "đã có staff_…", "staff_… is given too")],
        )


class UnmetConditionError(ConflictError):
    """The move is lawful for whoever makes it, and something stands against it."""

    slug = "unmet-condition"
    title = "Chưa đủ điều kiện chuyển trạng thái"
    title_en = "A condition does not hold"

    def __init__(self, wanted: Status, condition: str, why: str, why_en: str) -> None:
        super().__init__(
            f"Chưa chuyển được sang “{wanted.label}”: {why}.",
            f"The dossier cannot become {wanted}: {why_en}.",
            extensions={"wanted": wanted.value, "condition": condition},
        )
