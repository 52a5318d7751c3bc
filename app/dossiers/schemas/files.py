"""JSON of files that are held here."""

from typing import Any, Self

from pydantic import Field

from app.dossiers.domain.files import HeldFile
from app.dossiers.schemas.pieces import Out
from app.fields import DossierCode, Moment


class FileOut(Out):
    """Tệp giữ tại đây. / A file that is held here."""

    id: str = Field(description="Mã tệp, để nêu ở `file_id`. / Its id, to be named as `file_id`.")
    name: str
    media_type: str = Field(
        description="Theo nội dung, không theo lời khai; application/octet-stream: nhận kèm hồ sơ, "
        "không rõ loại. / By its bytes, whatever was declared."
    )
    size: int = Field(description="Số byte. / In bytes.")
    sha256: str
    created_at: Moment = Field(description="Khi tải lên hoặc nhận. / When it was uploaded or came.")
    dossier_code: DossierCode | None = Field(
        description="Hồ sơ nêu tệp; null: chưa có, sẽ bị xoá sau LGSP_FILE_GRACE_HOURS. / The "
        "dossier that names it; null: none yet."
    )
    offered_at: Moment | None = Field(
        description="Cổng quốc gia nhận hồ sơ có tệp này lần đầu. / When the portal first took a "
        "record that names it."
    )
    fetched_at: Moment | None = Field(
        description="Cổng quốc gia tải đủ tệp lần đầu. / When the portal first had all of it."
    )

    @classmethod
    def of(cls, file: HeldFile) -> Self:
        """Show a file."""
        return cls(**_shown(file))


class LinkedFileOut(FileOut):
    """Tệp kèm liên kết có hạn. / A file with a link that opens it for a time."""

    url: str = Field(description="Liên kết đã ký, ai giữ cũng mở được. / Signed; opens it to all.")
    url_expires_at: Moment

    @classmethod
    def linked(cls, file: HeldFile, url: str, until: Moment) -> Self:
        """Show a file with a link to it."""
        return cls(**_shown(file), url=url, url_expires_at=until)


def _shown(file: HeldFile) -> dict[str, Any]:
    names = [name for name in FileOut.model_fields if name != "dossier_code"]
    return {name: getattr(file, name) for name in names} | {"dossier_code": file.dossier}
