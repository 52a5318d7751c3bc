"""Refusals of the catalogue."""

from collections.abc import Sequence

from app.catalogue.domain.members import Member
from app.codes import AgencyCode, ProcedureCode
from app.platform.errors import Invalid, NotFoundError, RefusedError


class UnknownMemberError(RefusedError):
    """A code is well formed and belongs to no member of the catalogue."""

    slug = "unknown-member"
    title = "Mã định danh không có trong danh mục"
    title_en = "Unknown member"

    def __init__(self, code: AgencyCode, pointer: str) -> None:
        super().__init__(
            f"Danh mục không có cơ quan, tổ chức nào mang mã {code}.",
            f"No member of the catalogue has the code {code}.",
            errors=[Invalid(pointer, "mã không có trong danh mục", "not in the catalogue")],
            extensions={"code": str(code)},
        )


class ClosedMemberError(RefusedError):
    """A code is no longer in force; `successor` says which code took its place, if any."""

    slug = "closed-member"
    title = "Mã định danh đã đóng"
    title_en = "The member is closed"

    def __init__(self, member: Member, successor: Member | None, pointer: str) -> None:
        self.member_instead = successor
        day = member.valid_to.strftime("%d/%m/%Y") if member.valid_to else "…"
        instead, instead_en = "không có mã thay thế", "nothing took its place"
        if successor is not None:
            instead = f"hãy dùng mã {successor.code} ({successor.name})"
            instead_en = f"use {successor.code} ({successor.name})"
        super().__init__(
            f"Mã {member.code} ({member.name}) đã đóng từ ngày {day}; {instead}.",
            f"{member.code} ({member.name}) is closed since {member.valid_to}; {instead_en}.",
            errors=[Invalid(pointer, f"mã đã đóng; {instead}", f"closed; {instead_en}")],
            extensions={
                "code": str(member.code),
                "successor": None if successor is None else str(successor.code),
            },
        )


class UpcomingMemberError(RefusedError):
    """A code is not in force yet."""

    slug = "upcoming-member"
    title = "Mã định danh chưa có hiệu lực"
    title_en = "The member is not open yet"

    def __init__(self, member: Member, pointer: str) -> None:
        day = member.valid_from.strftime("%d/%m/%Y") if member.valid_from else "…"
        super().__init__(
            f"Mã {member.code} ({member.name}) có hiệu lực từ ngày {day}.",
            f"{member.code} ({member.name}) opens on {member.valid_from}.",
            errors=[Invalid(pointer, "mã chưa có hiệu lực", "not in force yet")],
            extensions={"code": str(member.code)},
        )


class UnknownProcedureError(RefusedError):
    """A code is well formed and belongs to no procedure of the catalogue."""

    slug = "unknown-procedure"
    title = "Mã thủ tục không có trong danh mục"
    title_en = "Unknown procedure"

    def __init__(self, code: ProcedureCode, pointer: str) -> None:
        super().__init__(
            f"Danh mục không có thủ tục hành chính nào mang mã {code}.",
            f"No procedure of the catalogue has the code {code}.",
            errors=[Invalid(pointer, "mã không có trong danh mục", "not in the catalogue")],
            extensions={"code": str(code)},
        )


class InconsistentCatalogueError(RefusedError):
    """A catalogue file contradicts itself or what is already known; nothing was taken over."""

    slug = "inconsistent-catalogue"
    title = "Danh mục không nhất quán"
    title_en = "The catalogue is not consistent"

    def __init__(self, errors: Sequence[Invalid]) -> None:
        super().__init__(
            "Chưa nhập mục nào: có mục mâu thuẫn; xem danh sách errors.",
            "Nothing was imported: some entries contradict others; see errors.",
            errors=errors,
        )


class MemberNotFoundError(NotFoundError):
    """No member has this code."""

    slug = "member-not-found"
    title = "Không có thành viên này"
    title_en = "No such member"

    def __init__(self) -> None:
        super().__init__(
            "Danh mục không có cơ quan, tổ chức nào mang mã này.",
            "No member of the catalogue has this code.",
        )


class ProcedureNotFoundError(NotFoundError):
    """No procedure has this code."""

    slug = "procedure-not-found"
    title = "Không có thủ tục này"
    title_en = "No such procedure"

    def __init__(self) -> None:
        super().__init__(
            "Danh mục không có thủ tục hành chính nào mang mã này.",
            "No procedure of the catalogue has this code.",
        )


class ProvinceNotFoundError(NotFoundError):
    """No province of today has this code."""

    slug = "province-not-found"
    title = "Không có tỉnh, thành phố này"
    title_en = "No such province"

    def __init__(self) -> None:
        super().__init__(
            "Không có tỉnh, thành phố nào mang mã này; xem /v1/provinces.",
            "No province has this code; see /v1/provinces.",
        )
