"""What the axis refuses, each with a code of our own: the real numbers are not public.

Texts are unaccented, because clients read the answer to sendEdoc as US-ASCII.
"""

from enum import Enum


class Refusal(Enum):
    """ErrorCode and ErrorDesc of every refusal; README.md prints this table."""

    UNSIGNED = "1001", "Thieu hoac sai sign-header"
    UNKNOWN_SYSTEM = "1002", "He thong chua dang ky: {0}"
    WRONG_SIGNATURE = "1003", "Chu ky hash-header khong dung"
    CONTRADICTION = "1004", "Header khac sign-header: {0}"
    WRONG_SENDER = "1010", "Don vi gui {0} khong dung voi ma da dang ky: {1}"
    WRONG_HASH = "1011", "hash-file thieu hoac khong khop noi dung"
    UNKNOWN_RECIPIENT = "1012", "Don vi nhan khong co he thong ket noi: {0}"
    BAD_RECIPIENTS = "1013", "Danh sach don vi nhan (to) khong dung"
    NOT_XML = "1020", "Goi tin khong phai XML hop le"
    DTD = "1021", "Goi tin co DTD hoac entity"
    NOT_EDXML = "1022", "Khong phai edXML QCVN 102:2016"
    MISSING = "1023", "Goi tin thieu hoac sai {0}"
    BAD_ATTACHMENT = "1024", "Tep dinh kem khong doc duoc: {0}"
    WRONG_TYPE = "1025", "messagetype khong khop goi tin"
    UNKNOWN_DOC_ID = "1030", "Khong co goi tin voi docId nay"
    UNKNOWN_STATUS = "1031", "Trang thai khong dung"
    BAD_PARAMETER = "1032", "Tham so khong dung: {0}"
    UNKNOWN_OPERATION = "1040", "Khong co chuc nang nay"
    WRONG_METHOD = "1041", "Phuong thuc HTTP khong dung"
    TOO_LARGE = "1042", "Noi dung qua lon"
    NO_SPACE = "1043", "Khong con cho luu goi tin"
    FOREIGN_UNIT = "1050", "Don vi {0} khong thuoc he thong: {1}"
    UNKNOWN_UNIT = "1051", "Khong co don vi: {0}"
    BAD_UNIT = "1052", "Noi dung don vi thieu hoac sai: {0}"

    @property
    def code(self) -> str:
        """The ErrorCode."""
        return self.value[0]

    def text(self, *details: str) -> str:
        """The ErrorDesc, ASCII whatever the details hold."""
        return self.value[1].format(*details).encode("ascii", "replace").decode("ascii")


class AxisRefusalError(Exception):
    """A business refusal: HTTP 200 with a FAIL envelope."""

    def __init__(self, refusal: Refusal, *details: str) -> None:
        super().__init__(refusal.text(*details))
        self.code = refusal.code
        self.text = refusal.text(*details)
