"""Packets in the order and with the prefixes of the vendor's Java library (edxml.md, variant A)."""

import base64
from dataclasses import dataclass
from uuid import uuid4

_URI = "http://www.mic.gov.vn/TBT/QCVN_102_2016"
_FILE = b"%PDF-1.1\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"


@dataclass(frozen=True, slots=True)
class Document:
    """A document nobody sent before."""

    sender: str
    recipients: tuple[str, ...]
    number: str

    @property
    def notation(self) -> str:
        """Number and notation as lists show them."""
        return f"{self.number}/KT-VP"

    @property
    def document_id(self) -> str:
        """The business id."""
        return f"{self.sender},2026/03/02,{self.notation}"

    def packet(self) -> bytes:
        """The edXML."""
        to = "".join(f"<edXML:To>{_party(code)}</edXML:To>" for code in self.recipients)
        message = (
            f"<edXML:From>{_party(self.sender)}</edXML:From>{to}"
            f"<edXML:DocumentId>{self.document_id}</edXML:DocumentId>"
            f"<edXML:Code><edXML:CodeNumber>{self.number}</edXML:CodeNumber>"
            "<edXML:CodeNotation>KT-VP</edXML:CodeNotation></edXML:Code>"
            "<edXML:PromulgationInfo><edXML:Place>Thành phố Mẫu</edXML:Place>"
            "<edXML:PromulgationDate>2026/03/02</edXML:PromulgationDate></edXML:PromulgationInfo>"
            "<edXML:DocumentType><edXML:Type>18</edXML:Type>"
            "<edXML:TypeName>Công văn</edXML:TypeName></edXML:DocumentType>"
            "<edXML:Subject>V/v chạy thử từng byte</edXML:Subject>"
            "<edXML:SignerInfo><edXML:FullName>Phạm Thị Giả Định</edXML:FullName>"
            "</edXML:SignerInfo>"
            "<edXML:SteeringType>1</edXML:SteeringType>"
        )
        trace = (
            "<edXML:TraceHeaderList><edXML:TraceHeader>"
            f"<edXML:OrganId>{self.sender}</edXML:OrganId>"
            "<edXML:Timestamp>2026/03/02 09:15:00</edXML:Timestamp></edXML:TraceHeader>"
            "<edXML:Bussiness><edXML:BussinessDocType>0</edXML:BussinessDocType>"
            "<edXML:Paper>0</edXML:Paper></edXML:Bussiness></edXML:TraceHeaderList>"
        )
        manifest = (
            '<edXML:edXMLBody><edXML:edXMLManifest version="1.0"><edXML:Reference>'
            "<edXML:ContentId>cid:b001</edXML:ContentId>"
            "<edXML:ContentType>application/pdf</edXML:ContentType>"
            "<edXML:AttachmentName>van-ban.pdf</edXML:AttachmentName>"
            "</edXML:Reference></edXML:edXMLManifest></edXML:edXMLBody>"
        )
        attachments = (
            "<AttachmentEncoded><Attachment><ContentId>cid:b001</ContentId>"
            "<AttachmentName>van-ban.pdf</AttachmentName><ContentType>application/pdf</ContentType>"
            f'<edXML:ContentTransferEncoded xmlns:edXML="{_URI}">{attached()}'
            "</edXML:ContentTransferEncoded></Attachment></AttachmentEncoded>"
        )
        return _enveloped(message, trace, manifest, attachments)

    def status(self, code: str, by: str, description: str = "Đã vào sổ") -> bytes:
        """A status about it, which has no To: it goes back to the sender."""
        message = (
            f"<edXML:From>{_party(by)}</edXML:From><edXML:ResponseFor>"
            f"<edXML:OrganId>{self.sender}</edXML:OrganId><edXML:Code>{self.notation}</edXML:Code>"
            "<edXML:PromulgationDate>2026/03/02</edXML:PromulgationDate>"
            f"<edXML:DocumentId>{self.document_id}</edXML:DocumentId></edXML:ResponseFor>"
            "<edXML:StaffInfo><edXML:Department>Văn thư</edXML:Department></edXML:StaffInfo>"
            f"<edXML:StatusCode>{code}</edXML:StatusCode>"
            f"<edXML:Description>{description}</edXML:Description>"
            "<edXML:Timestamp>2026/03/02 10:02:41</edXML:Timestamp>"
        )
        return _enveloped(message)


def a_document(sender: str, *recipients: str) -> Document:
    """A new document, numbered as no other."""
    return Document(sender, recipients, uuid4().hex[:10])


def attached() -> str:
    """The one attachment of every document, in base64."""
    return base64.b64encode(_FILE).decode()


def _party(code: str) -> str:
    return f"<edXML:OrganId>{code}</edXML:OrganId><edXML:OrganName>Cơ quan Mẫu</edXML:OrganName>"


def _enveloped(message: str, trace: str = "", body: str = "", attachments: str = "") -> bytes:
    return (
        f'<?xml version="1.0" encoding="UTF-8"?>\n<edXML xmlns="{_URI}">'
        f'<edXML:edXMLEnvelope xmlns:edXML="{_URI}"><edXML:edXMLHeader>'
        f"<edXML:MessageHeader>{message}</edXML:MessageHeader>{trace}</edXML:edXMLHeader>"
        f"{body}</edXML:edXMLEnvelope>{attachments}</edXML>"
    ).encode()
