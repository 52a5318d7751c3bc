"""What stands against a decision on a service."""

from app.platform.errors import ConflictError, Invalid, RefusedError


class OldLevelMismatchError(RefusedError):
    """A level of before NĐ 42/2022 is read as another kind than the one given."""

    slug = "old-level-mismatch"
    title = "Mức độ cũ không khớp loại dịch vụ"
    title_en = "The old level is of another kind"

    def __init__(self, old_level: int) -> None:
        super().__init__(
            f"Mức độ {old_level} không thuộc loại đã nêu: mức 1, 2 là cung cấp thông tin, mức 3 "
            "là một phần, mức 4 là toàn trình.",
            f"Level {old_level} is not of that kind: 1 and 2 are information, 3 partial, 4 full.",
            errors=[Invalid("/service/old_level", "không khớp kind", "does not fit kind")],
        )


class PriceWithoutPostError(RefusedError):
    """A postal price is given for what is not done by post."""

    slug = "price-without-post"
    title = "Có giá cước nhưng không qua bưu chính"
    title_en = "A price without post"

    def __init__(self, name: str) -> None:
        super().__init__(
            "Chỉ công bố giá cước cho việc nhận hoặc trả có thực hiện qua bưu chính.",
            "A price is published only for what is received or returned by post.",
            errors=[Invalid(f"/service/post/{name}", "không qua bưu chính", "not by post")],
        )


class UnknownDecisionError(RefusedError):
    """The decision that shall be superseded is none on this service."""

    slug = "unknown-decision"
    title = "Không có quyết định bị thay thế"
    title_en = "No such decision to supersede"

    def __init__(self) -> None:
        super().__init__(
            "supersedes phải là số thứ tự của một quyết định đã ghi cho chính dịch vụ này.",
            "supersedes must be the id of a decision recorded for this very service.",
            errors=[Invalid("/supersedes", "không có", "there is none")],
        )


class DecisionDiffersError(ConflictError):
    """The decision was recorded before, and said something else; none is ever edited."""

    slug = "decision-differs"
    title = "Quyết định đã ghi với nội dung khác"
    title_en = "The decision was recorded otherwise"

    def __init__(self, recorded: int) -> None:
        super().__init__(
            "Quyết định này đã ghi cho dịch vụ, cùng ngày hiệu lực, với nội dung khác. Không sửa "
            "quyết định: hãy ghi quyết định mới thay thế nó.",
            "This decision was recorded for the service and day with other content. Decisions are "
            "not edited: record a new one that supersedes it.",
            extensions={"recorded": recorded},
        )


class DecisionRepeatedError(ConflictError):
    """The decision was recorded before, word for word."""

    slug = "decision-repeated"
    title = "Quyết định đã được ghi"
    title_en = "The decision is recorded already"

    def __init__(self, recorded: int) -> None:
        super().__init__(
            "Quyết định này đã được ghi, đúng như vậy.",
            "This decision is recorded already, just like this.",
            extensions={"recorded": recorded},
        )
