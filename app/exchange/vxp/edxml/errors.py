"""Why a packet cannot be read or written: one named fact each, pointing at the element by XPath.

Every one is an `EdxmlError`, and beside that of the category the platform answers by.
"""

from collections.abc import Sequence
from typing import ClassVar

from app.platform.errors import (
    Invalid,
    MalformedError,
    ProblemError,
    RefusedError,
    TooLargeError,
    UnsupportedError,
)


class EdxmlError(ProblemError):
    """A packet that is not taken; `why` never repeats what the packet said."""

    why: ClassVar[str] = ""
    why_en: ClassVar[str] = ""

    def __init__(self, pointer: str = "/", *, line: int | None = None) -> None:
        super().__init__(
            f"{self.why}: {pointer}",
            f"{self.why_en}: {pointer}",
            errors=[Invalid(pointer, self.why, self.why_en)],
            extensions={} if line is None else {"line": line},
        )
        self.pointer = pointer


class NotXmlError(EdxmlError, MalformedError):
    """The bytes are not a well-formed UTF-8 XML document."""

    slug = "edxml-not-xml"
    title = "Gói tin không phải XML"
    title_en = "The packet is not XML"
    why = "Dữ liệu không phải là tài liệu XML đúng cú pháp, mã hóa UTF-8"
    why_en = "The bytes are not a well-formed XML document in UTF-8"


class DoctypeError(EdxmlError, MalformedError):
    """The document brings a DTD, which could define entities."""

    slug = "edxml-doctype"
    title = "Gói tin chứa DTD"
    title_en = "The packet carries a DTD"
    why = "Gói tin edXML không được khai báo DTD hoặc thực thể"
    why_en = "An edXML packet may not declare a DTD or entities"


class UnboundPrefixError(EdxmlError, MalformedError):
    """A prefix is used where it is not declared (variant D)."""

    slug = "edxml-unbound-prefix"
    title = "Tiền tố không gian tên chưa khai báo"
    title_en = "A namespace prefix is not declared"
    why = "Gói tin dùng tiền tố không gian tên ở nơi tiền tố ấy chưa được khai báo"
    why_en = "The packet uses a namespace prefix outside the scope of its declaration"


class TextBeforeDeclarationError(EdxmlError, MalformedError):
    """Something stands before `<?xml` (variant E)."""

    slug = "edxml-text-before-declaration"
    title = "Có ký tự thừa trước khai báo XML"
    title_en = "Characters stand before the XML declaration"
    why = "Trước khai báo <?xml còn ký tự thừa"
    why_en = "There are characters before the <?xml declaration"


class FlatEnvelopeError(EdxmlError, UnsupportedError):
    """The flat envelope of http://www.go.vn/eDoc (variant G)."""

    slug = "edxml-flat-envelope"
    title = "Dạng gói tin phẳng không được hỗ trợ"
    title_en = "The flat envelope is not supported"
    why = "Gói tin dùng dạng phẳng EdXMLEnvelope cũ, không theo QCVN 102:2016"
    why_en = "The packet uses the older flat EdXMLEnvelope, not QCVN 102:2016"


class OlderVersionError(EdxmlError, UnsupportedError):
    """EdXML 2.x: MIME parts around a SOAP envelope (variant H)."""

    slug = "edxml-older-version"
    title = "Phiên bản edXML cũ không được hỗ trợ"
    title_en = "The older edXML version is not supported"
    why = "Gói tin theo edXML 2.x (MIME, SOAP), không theo QCVN 102:2016"
    why_en = "The packet is edXML 2.x (MIME, SOAP), not QCVN 102:2016"


class UnknownRootError(EdxmlError, UnsupportedError):
    """XML of some other kind."""

    slug = "edxml-unknown-root"
    title = "Không phải gói tin edXML"
    title_en = "Not an edXML packet"
    why = "Phần tử gốc không phải là edXML trong không gian tên của QCVN 102:2016"
    why_en = "The root element is not edXML in the namespace of QCVN 102:2016"


class PacketTooLargeError(EdxmlError, TooLargeError):
    """More bytes, or more markup, than a packet may have."""

    slug = "edxml-packet-too-large"
    title = "Gói tin quá lớn"
    title_en = "The packet is too large"
    why = "Gói tin vượt giới hạn dung lượng hoặc số phần tử"
    why_en = "The packet is over the limit of bytes or of elements"


class AttachmentTooLargeError(EdxmlError, TooLargeError):
    """One attachment, or all of them together, are over the limit when unpacked."""

    slug = "edxml-attachment-too-large"
    title = "Tệp đính kèm quá lớn"
    title_en = "The attachment is too large"
    why = "Tệp đính kèm vượt giới hạn dung lượng"
    why_en = "The attachments are over the size limit"


class ZipBombError(EdxmlError, RefusedError):
    """A zip that grows out of all proportion."""

    slug = "edxml-zip-bomb"
    title = "Tệp nén bất thường"
    title_en = "The archive grows out of proportion"
    why = "Tệp nén giải ra lớn bất thường so với dung lượng nén"
    why_en = "The archive unpacks to far more than its compressed size allows"


class TooManyAttachmentsError(EdxmlError, TooLargeError):
    """More attachments than a packet may have."""

    slug = "edxml-too-many-attachments"
    title = "Quá nhiều tệp đính kèm"
    title_en = "Too many attachments"
    why = "Số tệp đính kèm vượt giới hạn"
    why_en = "The packet has more attachments than allowed"


class MissingElementError(EdxmlError, RefusedError):
    """An element without which the packet cannot be routed or identified."""

    slug = "edxml-missing-element"
    title = "Thiếu phần tử bắt buộc"
    title_en = "A required element is missing"
    why = "Thiếu phần tử bắt buộc hoặc phần tử rỗng"
    why_en = "A required element is missing or empty"


class RepeatedElementError(EdxmlError, RefusedError):
    """Two elements where the packet may say one thing only."""

    slug = "edxml-repeated-element"
    title = "Phần tử bị lặp"
    title_en = "An element is repeated"
    why = "Phần tử chỉ được xuất hiện một lần"
    why_en = "The element may occur once only"


class WrongAgencyCodeError(EdxmlError, RefusedError):
    """An OrganId of neither code grammar."""

    slug = "edxml-wrong-agency-code"
    title = "Mã định danh cơ quan sai dạng"
    title_en = "The agency code has a wrong form"
    why = "Mã định danh không theo QCVN 102:2016 hoặc QĐ 20/2020/QĐ-TTg"
    why_en = "The code follows neither QCVN 102:2016 nor Decision 20/2020"


class WrongDocumentIdError(EdxmlError, RefusedError):
    """A DocumentId that is not one line of at most 200 characters."""

    slug = "edxml-wrong-document-id"
    title = "Mã định danh văn bản sai dạng"
    title_en = "The document id has a wrong form"
    why = "Mã định danh văn bản phải là một dòng, không quá 200 ký tự"
    why_en = "A document id is one line of at most 200 characters"


class WrongDateError(EdxmlError, RefusedError):
    """A date in none of the orders that are read, or too far away to be one."""

    slug = "edxml-wrong-date"
    title = "Ngày giờ sai dạng"
    title_en = "The date has a wrong form"
    why = "Ngày giờ phải có dạng yyyy/MM/dd [HH:mm:ss], từ năm 1901 đến 2198"
    why_en = "A date has the form yyyy/MM/dd [HH:mm:ss], in the years 1901 to 2198"


class WrongNumberError(EdxmlError, RefusedError):
    """Text where a whole number stands."""

    slug = "edxml-wrong-number"
    title = "Giá trị không phải số nguyên"
    title_en = "The value is not a whole number"
    why = "Giá trị phải là số nguyên không âm, không quá 9 chữ số"
    why_en = "The value must be a whole number of at most 9 digits"


class UnknownValueError(EdxmlError, RefusedError):
    """A number that its short list of meanings does not have."""

    slug = "edxml-unknown-value"
    title = "Giá trị ngoài danh mục"
    title_en = "The value is not in its list"
    why = "Giá trị không thuộc danh mục của phần tử"
    why_en = "The value is not one the element may have"


class UnknownStatusError(EdxmlError, RefusedError):
    """A StatusCode whose meaning nobody knows."""

    slug = "edxml-unknown-status"
    title = "Mã trạng thái không xác định"
    title_en = "Unknown status code"
    why = "Mã trạng thái phải là 01 đến 06, 13, 15 hoặc 16"
    why_en = "The status code must be 01 to 06, 13, 15 or 16"


class UndecodableAttachmentError(EdxmlError, RefusedError):
    """Content that is not base64, or a broken archive."""

    slug = "edxml-undecodable-attachment"
    title = "Không giải mã được tệp đính kèm"
    title_en = "An attachment cannot be decoded"
    why = "Nội dung tệp đính kèm không phải base64 hoặc tệp nén bị hỏng"
    why_en = "The attachment is not base64, or its archive is broken"


class EmptyAttachmentError(EdxmlError, RefusedError):
    """An attachment of no bytes."""

    slug = "edxml-empty-attachment"
    title = "Tệp đính kèm rỗng"
    title_en = "An attachment is empty"
    why = "Tệp đính kèm không có nội dung"
    why_en = "The attachment has no content"


class MissingAttachmentError(EdxmlError, RefusedError):
    """The manifest names an attachment that the packet does not bring."""

    slug = "edxml-missing-attachment"
    title = "Thiếu tệp đính kèm đã khai báo"
    title_en = "A declared attachment is missing"
    why = "Danh mục khai báo tệp nhưng gói tin không có nội dung tệp ấy"
    why_en = "The manifest declares a file that the packet does not carry"


class RepeatedContentIdError(EdxmlError, RefusedError):
    """Two attachments of one id."""

    slug = "edxml-repeated-content-id"
    title = "Trùng mã tệp đính kèm"
    title_en = "Two attachments share an id"
    why = "Hai tệp đính kèm có cùng ContentId"
    why_en = "Two attachments have the same ContentId"


class UnwritableTextError(EdxmlError, RefusedError):
    """Text with a character that XML 1.0 cannot hold."""

    slug = "edxml-unwritable-text"
    title = "Văn bản chứa ký tự không hợp lệ"
    title_en = "The text holds a character that XML cannot carry"
    why = "Nội dung chứa ký tự điều khiển mà XML không biểu diễn được"
    why_en = "The text holds a control character that XML cannot carry"


class IncompletePacketError(EdxmlError, RefusedError):
    """A packet of our own that lacks what the regulation makes every sender say."""

    slug = "edxml-incomplete"
    title = "Gói tin chưa đủ thông tin để gửi"
    title_en = "The packet is not complete enough to send"
    why = "Thiếu thông tin bắt buộc khi gửi hoặc giá trị vượt giới hạn"
    why_en = "Information that a sender must give is missing or out of range"

    def __init__(self, pointers: Sequence[str]) -> None:
        super().__init__(pointers[0])
        self.errors = tuple(Invalid(pointer, self.why, self.why_en) for pointer in pointers)
