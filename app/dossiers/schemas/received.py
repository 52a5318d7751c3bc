"""JSON of what came with a dossier that was born elsewhere."""

from typing import Any, Self

from pydantic import BaseModel, ConfigDict, Field

from app.dossiers.domain.received import Came, CameFile
from app.dossiers.schemas.files import FileOut
from app.fields import Moment


class _Seen(BaseModel):
    model_config = ConfigDict(frozen=True, from_attributes=True)


class PortalNoticeOut(_Seen):
    """Thông báo từ Cổng quốc gia. / A notice of the national portal."""

    reference: str = Field(description="Mã của Cổng quốc gia. / Its national code.")
    received_at: Moment
    content: dict[str, Any] = Field(
        description="Nguyên văn, không kèm tệp. / Word for word, without the files."
    )


class ReceivedFileOut(_Seen):
    """Tệp nhận kèm hồ sơ. / A file that came with the dossier."""

    number: int = Field(description="Số thứ tự. / Its place in what came.")
    reference: str = Field(description="Đường dẫn ở nơi gửi. / Where its sender has it.")
    file: FileOut = Field(description="Như ở /v1/files. / As at /v1/files.")

    @classmethod
    def of(cls, came: CameFile) -> Self:
        """Show one."""
        return cls(number=came.number, reference=came.reference, file=FileOut.of(came.file))


class ReceivedOut(_Seen):
    """Những gì nhận kèm hồ sơ. / What came with a dossier."""

    notices: list[PortalNoticeOut]
    files: list[ReceivedFileOut]

    @classmethod
    def of(cls, came: Came) -> Self:
        """Show it."""
        return cls(
            notices=[PortalNoticeOut.model_validate(one) for one in came.notices],
            files=[ReceivedFileOut.of(one) for one in came.files],
        )
