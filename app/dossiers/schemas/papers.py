"""Papers of dossiers as clients name them: at an address, uploaded here, or taken over."""

from typing import Annotated, Any, Final, Self

from pydantic import Field, StringConstraints, model_validator
from pydantic_core import PydanticCustomError

from app.dossiers.domain.filing import Attachment
from app.dossiers.domain.handling import ResultPaper
from app.dossiers.domain.reuse import Reuse, ReuseKind
from app.fields import Day, DossierCode, Line
from app.platform.wire import ApiModel

Url = Annotated[str, StringConstraints(pattern=r"^https?://[^\s/\x00-\x1f]+(?:/[^\s\x00-\x1f]*)?$")]
FileId = Annotated[str, StringConstraints(pattern=r"^[0-9a-f-]{36}$")]


class ReuseIn(ApiModel):
    """Tái sử dụng giấy tờ, kết quả đã có của chính chủ hồ sơ. / An earlier paper of the owner."""

    dossier_code: DossierCode = Field(description="Mã hồ sơ đã có. / The earlier dossier.")
    result: int | None = Field(
        None,
        ge=1,
        le=1000,
        description="Kết quả thứ mấy của hồ sơ đó, như lần tìm trả về. / Which of its results.",
    )
    paper: int | None = Field(
        None,
        ge=1,
        le=1000,
        description="Giấy tờ thứ mấy của hồ sơ đó; chỉ hồ sơ của đơn vị mình. / Which of its "
        "papers; of one's own agencies only.",
    )
    search_id: Line | None = Field(
        None,
        max_length=36,
        description="Lần tìm kèm đồng ý của chủ hồ sơ; cần cho `result`. / The search in which the "
        "owner consented; wanted with `result`.",
    )

    @model_validator(mode="after")
    def _names_one(self) -> Self:
        if (self.result is None) == (self.paper is None):
            raise PydanticCustomError("one_of", "exactly one of result and paper")
        return self

    def reuse(self) -> Reuse:
        """Return what is reused."""
        kind = ReuseKind.RESULT if self.paper is None else ReuseKind.COMPONENT
        number = self.result or self.paper or 0
        return Reuse(kind, self.dossier_code, number, search=self.search_id or "")


class AttachmentIn(ApiModel):
    """Giấy tờ nộp kèm: ở `url`, đã tải lên, hoặc tái sử dụng. / A paper handed in."""

    component_code: str = Field(
        "", max_length=50, description="Mã thành phần hồ sơ. / Code of the component."
    )
    name: Line = Field(max_length=500, description="Tên tệp. / File name.")
    url: Url | None = Field(
        None,
        max_length=2000,
        description="Nơi Cổng quốc gia tải tệp. / Where the national portal fetches the file.",
    )
    file_id: FileId | None = Field(
        None, description="Tệp đã tải lên ở /v1/files. / A file that was uploaded here."
    )
    reuses: ReuseIn | None = Field(
        None, description="Tái sử dụng giấy tờ đã có. / An earlier paper of the owner."
    )
    digitised: bool = Field(default=False, description="Đã số hoá. / Digitised.")
    is_from_store: bool = Field(
        default=False,
        description="Lấy từ kho dữ liệu cá nhân trên Cổng quốc gia. / From the owner's national "
        "personal store.",
    )

    @model_validator(mode="after")
    def _has_one_source(self) -> Self:
        if sum(one is not None for one in (self.url, self.file_id, self.reuses)) != 1:
            raise PydanticCustomError("one_of", "exactly one of url, file_id and reuses")
        return self

    def paper(self) -> Attachment:
        """Return the paper; an earlier one is not looked up yet."""
        return Attachment(
            self.component_code,
            self.name,
            self.url or "",
            self.digitised,
            self.file_id or "",
            None if self.reuses is None else self.reuses.reuse(),
            self.is_from_store,
        )


class ResultIn(ApiModel):
    """Giấy tờ kết quả. / A paper of the result."""

    name: Line = Field(max_length=500, description="Tên. / Name.")
    url: Url | None = Field(
        None, max_length=2000, description="Nơi Cổng quốc gia tải tệp. / Where the file is."
    )
    file_id: FileId | None = Field(
        None, description="Tệp đã tải lên ở /v1/files. / A file that was uploaded here."
    )
    result_code: Line | None = Field(
        None, max_length=50, description="Mã loại kết quả. / Code, e.g. KQ.G15.000031."
    )
    component_code: Line | None = Field(None, max_length=50, description="Mã thành phần. / Code.")
    number: Line | None = Field(
        None, max_length=100, description="Số, ký hiệu. / Number and symbol of the paper."
    )
    issued_on: Day | None = Field(None, description="Ngày cấp. / Date of issue.")

    @model_validator(mode="after")
    def _has_one_file(self) -> Self:
        if self.url is not None and self.file_id is not None:
            raise PydanticCustomError("at_most_one_of", "only one of url and file_id")
        return self

    def paper(self) -> ResultPaper:
        """Return the paper."""
        return ResultPaper(
            self.name,
            self.url or "",
            self.result_code or "",
            self.component_code or "",
            self.file_id or "",
            self.number or "",
            self.issued_on,
        )


PAPER: Final[dict[str, Any]] = {
    "component_code": "TP02",
    "name": "ban-sao-giay-to.pdf",
    "url": "https://onestop.example.vn/files/0007/ban-sao.pdf",
    "digitised": True,
}
RESULT: Final[dict[str, Any]] = {
    "name": "Giấy xác nhận mẫu",
    "url": "https://onestop.example.vn/results/0007.pdf",
    "result_code": "KQ.H38.000001",
    "number": "07/GXN-SVD",
    "issued_on": "2026-11-06",
}
