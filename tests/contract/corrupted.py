"""One-fault copies of valid messages: whoever judges or receives one must say no."""

import copy
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from lxml import etree

from tests.contract.judges import NAMESPACE

Path = tuple[str | int, ...]
_EITHER_ORDER = {"Receiver"}

# What the protocol notes call core, said here a second time on purpose: the schemas say it too.
CORE = {
    "dvcqg_login_request.json": ["username", "password"],
    "dvcqg_login_answer.json": ["error_code", "session"],
    "dvcqg_tra_cuu_ho_so_request.json": ["session", "madonvi", "service", "mahoso"],
    "dvcqg_tra_cuu_ho_so_answer.json": ["error_code", "result", "result.0.MaHoSo"],
    "dvcqg_dong_bo_ho_so_mc_request.json": [
        *("session", "madonvi", "service", "isUpdating", "data"),
        *("data.0.MaHoSo", "data.0.MaTTHC", "data.0.TenTTHC", "data.0.MaLinhVuc"),
        *("data.0.TenLinhVuc", "data.0.KenhThucHien", "data.0.LoaiDoiTuong"),
        *("data.0.TrichYeuHoSo", "data.0.NgayTiepNhan", "data.0.NgayHenTra"),
        *("data.0.TrangThaiHoSo", "data.0.HinhThuc", "data.0.DonViXuLy", "data.0.DinhDanhCHS"),
        *("data.0.DinhDanhCHS.0.LoaiDinhDanh", "data.0.DinhDanhCHS.0.SoDinhDanh"),
    ],
    "dvcqg_dong_bo_ho_so_mc_answer.json": ["error_code", "message"],
    "dvcqg_cap_nhat_tien_do_ho_so_mc_request.json": [
        *("session", "madonvi", "service", "data"),
        *("data.0.MaHoSo", "data.0.NguoiXuLy", "data.0.ThoiDiemXuLy"),
        *("data.0.NoiDungXuLy", "data.0.TrangThai"),
    ],
    "dvcqg_lay_danh_sach_tthc_request.json": ["session", "madonvi", "service"],
    "dvcqg_lay_danh_sach_tthc_answer.json": ["result", "result.0.MATTHC", "result.0.TENTTHC"],
    "dvcqg_lay_thu_tuc_request.json": ["session", "madonvi", "service", "maTTHC"],
    "dvcqg_lay_thu_tuc_answer.json": [
        *("error_code", "result", "result.0.MATTHC", "result.0.TENTTHC"),
        *("result.0.LINHVUCTHUCHIEN", "result.0.LINHVUCTHUCHIEN.0.MALINHVUC"),
    ],
    "vxp_send_edoc_sign_header.json": [
        *("XroadVnpt-systemid", "XroadVnpt-timestamp", "XroadVnpt-Content-Type"),
        *("XroadVnpt-from", "XroadVnpt-servicetype", "XroadVnpt-messagetype"),
        "XroadVnpt-hash-file",
    ],
    "vxp_list_sign_header.json": ["XroadVnpt-servicetype", "XroadVnpt-messagetype"],
    "vxp_get_edoc_sign_header.json": ["XroadVnpt-docId"],
    "vxp_update_status_sign_header.json": ["XroadVnpt-docid", "XroadVnpt-status"],
    "vxp_send_edoc_answer.json": ["status", "ErrorCode", "ErrorDesc", "DocId"],
    "vxp_send_edoc_refused.json": ["status", "ErrorCode", "ErrorDesc", "DocId"],
    "vxp_received_list_answer.json": ["status", "ErrorCode", "ErrorDesc", "data", "data.0.docId"],
    "vxp_sent_list_answer.json": ["status", "ErrorCode", "ErrorDesc", "data"],
    "vxp_get_edoc_answer.json": ["status", "ErrorCode", "ErrorDesc", "data"],
    "vxp_update_status_answer.json": ["status", "ErrorCode", "ErrorDesc"],
    "vxp_agencies_answer.json": ["data", "data.0.code", "data.0.name"],
    "vxp_agencies_qd20_answer.json": ["data", "data.0.code", "data.0.name"],
    "vxp_units_answer.json": ["data", "data.0.code", "data.0.name"],
    "vxp_count_answer.json": ["status", "ErrorCode", "ErrorDesc", "count"],
    "vxp_register_agency_request.json": ["code", "name"],
    "vxp_register_agency_answer.json": ["status", "ErrorCode", "ErrorDesc"],
    "vxp_delete_agency_sign_header.json": ["XroadVnpt-AgencyCode"],
}

# Elements no writer leaves out, by their path from the root.
_HEADER = "edXMLEnvelope/edXMLHeader/MessageHeader"
_TRACE = "edXMLEnvelope/edXMLHeader/TraceHeaderList"
_MANIFEST = "edXMLEnvelope/edXMLBody/edXMLManifest"
CORE_OF_EDOC = [
    *("edXMLEnvelope", "edXMLEnvelope/edXMLHeader", _HEADER, f"{_HEADER}/From"),
    *(f"{_HEADER}/From/OrganId", f"{_HEADER}/From/OrganName", f"{_HEADER}/To/OrganId"),
    *(f"{_HEADER}/Code", f"{_HEADER}/Code/CodeNumber", f"{_HEADER}/Code/CodeNotation"),
    *(f"{_HEADER}/PromulgationInfo", f"{_HEADER}/PromulgationInfo/PromulgationDate"),
    *(f"{_HEADER}/DocumentType", f"{_HEADER}/DocumentType/Type"),
    *(f"{_HEADER}/DocumentType/TypeName", f"{_HEADER}/Subject", f"{_HEADER}/SignerInfo"),
    *(f"{_HEADER}/SignerInfo/FullName", f"{_HEADER}/DocumentId", _TRACE),
    *(f"{_TRACE}/TraceHeader", f"{_TRACE}/TraceHeader/OrganId", f"{_TRACE}/TraceHeader/Timestamp"),
    *(f"{_TRACE}/Bussiness/BussinessDocType", "edXMLEnvelope/edXMLBody", _MANIFEST),
    *(f"{_MANIFEST}/Reference", f"{_MANIFEST}/Reference/ContentId"),
    *(f"{_MANIFEST}/Reference/ContentType", f"{_MANIFEST}/Reference/AttachmentName"),
    *(
        "AttachmentEncoded",
        "AttachmentEncoded/Attachment",
        "AttachmentEncoded/Attachment/ContentId",
    ),
    "AttachmentEncoded/Attachment/AttachmentName",
    "AttachmentEncoded/Attachment/ContentType",
    "AttachmentEncoded/Attachment/ContentTransferEncoded",
]
CORE_OF_STATUS = [
    *(f"{_HEADER}/ResponseFor", f"{_HEADER}/ResponseFor/OrganId", f"{_HEADER}/ResponseFor/Code"),
    *(f"{_HEADER}/ResponseFor/PromulgationDate", f"{_HEADER}/ResponseFor/DocumentId"),
    *(f"{_HEADER}/From", f"{_HEADER}/From/OrganId", f"{_HEADER}/From/OrganName"),
    *(f"{_HEADER}/StatusCode", f"{_HEADER}/Timestamp"),
]
_WRONG_TEXTS = {
    "PromulgationDate": "02/03/2026",
    "DueDate": "2026-03-16",
    "Timestamp": "2026-03-02T09:15:00",
    "Type": "Công văn",
    "Priority": "khẩn",
    "PageAmount": "một",
    "SteeringType": "9",
    "BussinessDocType": "4",
    "Paper": "không",
    "ReceiverType": "2",
    "OrganId": "Sở Kiểm thử",
    "StatusCode": "07",
    "Subject": "",
    "DocumentId": " ",
    "ContentType": "pdf",
}


@dataclass(frozen=True, slots=True)
class JsonMutant:
    """A JSON message with one fault, named for a person."""

    fault: str
    content: Any


@dataclass(frozen=True, slots=True)
class PacketMutant:
    """An edXML packet with one fault, named for a person."""

    fault: str
    content: bytes


def of_json(value: Any, core: list[str]) -> Iterator[JsonMutant]:
    """Misspell each key, drop each core field, give each value a wrong type: one at a time."""
    for path, leaf in _paths(value):
        if path and isinstance(path[-1], str):
            yield JsonMutant(f"misspelt {_shown(path)}", _renamed(value, path))
        if path and not _is_item(path):
            yield JsonMutant(f"wrong type {_shown(path)}", _replaced(value, path, _other(leaf)))
    for dotted in core:
        path = tuple(int(part) if part.isdigit() else part for part in dotted.split("."))
        yield JsonMutant(f"missing {dotted}", _without(value, path))


def of_packet(content: bytes, core: list[str]) -> Iterator[PacketMutant]:
    """Misspell each element, drop each core one, swap neighbours, spoil texts: one at a time."""
    yield from _misspelt_elements(content)
    yield from _swapped(content)
    for path in core:
        root = _parsed(content)
        found = root.find("/".join(f"{{{NAMESPACE}}}{step}" for step in path.split("/")))
        assert found is not None, path
        _drop(found)
        yield PacketMutant(f"missing {path}", etree.tostring(root))
    for name, text in _WRONG_TEXTS.items():
        root = _parsed(content)
        for element in list(root.iter(f"{{{NAMESPACE}}}{name}"))[:1]:
            element.text = text
            yield PacketMutant(f"wrong type {name}", etree.tostring(root))


def _paths(value: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    yield path, value
    if isinstance(value, dict):
        for key, inner in value.items():
            yield from _paths(inner, (*path, key))
    elif isinstance(value, list) and value:
        yield from _paths(value[0], (*path, 0))


def _is_item(path: Path) -> bool:
    """Tell whether it is the first of a list, whose own values are spoilt one by one anyway."""
    return path[-1] == 0


def _other(leaf: Any) -> Any:
    return {"x": 1} if isinstance(leaf, list) else [leaf]


def _parent(value: Any, path: Path) -> Any:
    for step in path[:-1]:
        value = value[step]
    return value


def _renamed(value: Any, path: Path) -> Any:
    changed = copy.deepcopy(value)
    parent, key = _parent(changed, path), str(path[-1])
    parent[f"{key[:-1]}{key[-1].swapcase()}" if key[-1].isalpha() else f"{key}x"] = parent.pop(key)
    return changed


def _replaced(value: Any, path: Path, new: Any) -> Any:
    changed = copy.deepcopy(value)
    _parent(changed, path)[path[-1]] = new
    return changed


def _without(value: Any, path: Path) -> Any:
    changed = copy.deepcopy(value)
    del _parent(changed, path)[path[-1]]
    return changed


def _shown(path: Path) -> str:
    return ".".join(map(str, path))


def _parsed(content: bytes) -> etree._Element:
    return etree.fromstring(content)


def _name(element: etree._Element) -> str:
    return etree.QName(element).localname


def _drop(element: etree._Element) -> None:
    parent = element.getparent()
    assert parent is not None
    parent.remove(element)


def _misspelt_elements(content: bytes) -> Iterator[PacketMutant]:
    seen: set[str] = set()
    root = _parsed(content)
    for element in root.iter("*"):
        name = _name(element)
        if name not in seen:
            seen.add(name)
            right, element.tag = element.tag, f"{{{NAMESPACE}}}{name}x"
            yield PacketMutant(f"misspelt {name}", etree.tostring(root))
            element.tag = right


def _swapped(content: bytes) -> Iterator[PacketMutant]:
    root = _parsed(content)
    for parent in [element for element in root.iter("*") if _name(element) not in _EITHER_ORDER]:
        for index in range(len(parent) - 1):
            first, second = parent[index], parent[index + 1]
            if first.tag != second.tag:
                parent.insert(index, second)
                yield PacketMutant(f"order {_name(second)}", etree.tostring(root))
                parent.insert(index, first)
