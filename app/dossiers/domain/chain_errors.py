"""Why parts of a dossier are not opened."""

from app.platform.errors import Invalid, RefusedError


class PartOrderError(RefusedError):
    """A part shall wait for itself, for a later one, or for one that does not exist."""

    slug = "part-order"
    title = "Thứ tự các phần liên thông không hợp lệ"
    title_en = "The order of the parts is not possible"

    def __init__(self, place: int) -> None:
        super().__init__(
            "Mỗi phần chỉ được chờ các phần đứng trước nó.",
            "A part can wait only for parts before it.",
            errors=[
                Invalid(
                    f"/parts/{place}/after", "không phải phần đứng trước", "not a part before it"
                )
            ],
        )
