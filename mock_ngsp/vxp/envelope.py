"""The JSON the axis answers with; absent fields are left out, since clients choke on null."""

from collections.abc import Iterable, Iterator
from itertools import chain
from json.encoder import encode_basestring

from mock_ngsp.clock import edxml_time
from mock_ngsp.spool import PIECE, Content
from mock_ngsp.vxp.base64_text import encoded, encoded_size
from mock_ngsp.vxp.deliveries import Delivery
from mock_ngsp.vxp.refusals import AxisRefusalError
from mock_ngsp.wire import Answer, json_answer

_OK = b'{"status":"OK","ErrorCode":"0","ErrorDesc":"Thanh cong"'
_SERVICE = "eDoc"


def done() -> Answer:
    """The bare success."""
    return Answer(_OK + b"}")


def sent(doc_id: str) -> Answer:
    """The answer to an accepted sendEdoc."""
    return Answer(_OK + b',"DocId":"' + doc_id.encode() + b'"}')


def rows(items: Iterable[bytes]) -> Answer:
    """A list; an empty one is `[]`."""
    return Answer(_OK + b',"data":[' + b",".join(items) + b"]}")


def streamed_rows(items: Iterable[bytes]) -> Answer:
    """A list of any length, written while it is made."""
    return Answer(b"", pieces=_list(items))


def _list(items: Iterable[bytes]) -> Iterator[bytes]:
    piece, comma = bytearray(_OK + b',"data":['), b""
    for item in items:
        piece += comma + item
        comma = b","
        if len(piece) >= PIECE:
            yield bytes(piece)
            piece.clear()
    yield bytes(piece) + b"]}"


def package(content: Content) -> Answer:
    """A package as base64 text, encoded as it goes."""
    begin, end = _OK + b',"data":"', b'"}'
    length = len(begin) + encoded_size(content.size) + len(end)
    pieces = chain((begin,), encoded(content.pieces()), (end,))
    return Answer(b"", pieces=pieces, length=length)


def file(content: Content) -> Answer:
    """A package as it is."""
    octets = b"application/octet-stream"
    return Answer(b"", content_type=octets, pieces=content.pieces(), length=content.size)


def count(number: int) -> Answer:
    """How many packages wait."""
    return Answer(_OK + b',"count":%d}' % number)


def fail(refusal: AxisRefusalError, *, with_doc_id: bool, status: int = 200) -> Answer:
    """A refusal; sendEdoc's carries a DocId, without which Java clients lose the answer."""
    told = {"status": "FAIL", "ErrorCode": refusal.code, "ErrorDesc": refusal.text}
    if with_doc_id:
        told["DocId"] = "0"
    return json_answer(told, status)


def received_item(found: Delivery) -> bytes:
    """One row of getReceivedEdocList, kept with the delivery until it changes."""
    if found.item is None:
        found.item = row(
            docId=found.doc_id,
            serviceType=_SERVICE,
            messageType=found.package.message_type,
            created_time=edxml_time(found.package.sent_at),
            updated_time=edxml_time(found.updated_at),
            **{"from": found.package.sender},
            to=found.to,
            status=found.status,
            status_desc=found.description,
        )
    return found.item


def sent_item(found: Delivery) -> bytes:
    """One row of getSentEdocList: one document to one recipient, with both docIds."""
    package = found.package
    return row(
        serviceType=_SERVICE,
        messageType=package.message_type,
        senderDocId=package.doc_id,
        receiverDocId=found.doc_id,
        fromCode=package.sender,
        toCode=found.to,
        title=package.subject,
        notation=package.notation,
        sentTime=edxml_time(package.sent_at),
        receivedTime=edxml_time(found.received_at) if found.received_at else "",
        sendStatus="done",
        receiveStatus=found.status,
        receiveStatusDesc=found.description,
    )


def row(**fields: str | int) -> bytes:
    """One row of a list, without the fields that are empty."""
    written = [
        f'"{name}":{encode_basestring(value) if isinstance(value, str) else str(value).lower()}'
        for name, value in fields.items()
        if value != ""
    ]
    return f"{{{','.join(written)}}}".encode("utf-8", "replace")
