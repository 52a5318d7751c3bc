"""The operations of shared catalogues, and their twin as WSO2 data services in XML."""

import base64
from typing import Final
from xml.sax.saxutils import escape

from mock_ngsp.ngsp.asking import XML, Asked, Guard, Operation, UnreadableError
from mock_ngsp.ngsp.catalogues.seed import SERVICES, Catalogue, Row
from mock_ngsp.ngsp.faults import GatewayFault
from mock_ngsp.ngsp.magic import Outcome, magic_of
from mock_ngsp.ngsp.tokens import DEFAULT_APPLICATION
from mock_ngsp.wire import Answer, Body, json_answer

SERVICE: Final = "catalogues"
DATA: Final = "data-services"
CONTEXT: Final = "dmdc"
DATA_CONTEXT: Final = "dldc"
_NAMESPACE: Final = "http://ws.wso2.org/dataservice"
MAGIC: Final = (
    *magic_of(SERVICE, "code", "magioitinh", lambda end: f"giadinh{end}"),
    *magic_of(DATA, "name", "gioitinh", lambda end: f"giadinh{end}"),
)
_LOST: Final = frozenset(one.value for one in MAGIC if one.outcome is Outcome.NOT_FOUND)
_NO_RIGHT: Final = "Don vi chua duoc cap quyen"


def answer_all(asked: Asked) -> Answer:
    """`AllCategory`: every catalogue; how its rows are spelled is ours."""
    held = asked.universe.ngsp.catalogues
    return json_answer([{"CategoryCode": code, "CategoryName": code} for code in held])


def answer_all_by_password(asked: Asked) -> Answer:
    """The same at the catalogue's own address, by Basic."""
    pair = f"{DEFAULT_APPLICATION.key}:{DEFAULT_APPLICATION.secret}"
    wanted = f"Basic {base64.b64encode(pair.encode()).decode()}"
    if asked.header("authorization") != wanted:
        return GatewayFault.INVALID.answer(asked.universe.settings.ngsp_faults)
    return answer_all(asked)


def answer_metadata(asked: Asked) -> Answer:
    """`Metadata/{code}`: the columns; of an unknown catalogue none."""
    found = _catalogue(asked)
    return json_answer([] if found is None else found.metadata())


def answer_rows(asked: Asked) -> Answer:
    """`Category/{code}`: the rows, keyed by their columns; of an unknown catalogue none."""
    found = _catalogue(asked)
    return json_answer([] if found is None else found.rows)


def answer_import(asked: Asked) -> Answer:
    """`POST Category/{code}`: all rows or none; a key that is there already is told by its row."""
    found = _catalogue(asked)
    if found is None:
        return json_answer({"MSG": "Data not insert: category not found", "Count": 0})
    try:
        rows = _rows(asked, found)
    except UnreadableError as wrong:
        return json_answer({"MSG": f"Data not insert: {wrong.words}", "Count": 0})
    found.rows.extend(rows)
    return json_answer({"MSG": "Done", "Count": len(rows)})


def _rows(asked: Asked, into: Catalogue) -> list[Row]:
    content = asked.rows()
    names = {code for code, _, _ in into.properties}
    key = into.properties[0][0]
    taken = {row[key] for row in into.rows}
    for number, row in enumerate(content, 1):
        if not isinstance(row, dict) or not set(row) <= names or not row.get(key):
            raise UnreadableError(f"Record {number}: {key} is invalid")
        if any(not isinstance(value, str) for value in row.values()):
            raise UnreadableError(f"Record {number}: a value is not text")
        if row[key] in taken:
            raise UnreadableError(f"Record {number}: {key} {row[key]} is duplicate")
        taken.add(row[key])
    return content


def answer_data_service(asked: Asked) -> Answer:
    """A data service: XML in a default namespace; JSON where that is what the caller accepts."""
    name = _last(asked)
    if name not in SERVICES or name in _LOST:
        return Answer(_document("None", []), 200, XML)
    title, rows = SERVICES[name]
    wanted = asked.query.get("id")
    shown = [row for row in rows if wanted is None or row.get("id") == wanted]
    if asked.header("accept").startswith("application/json"):
        return json_answer({"objects": {"object": shown}})
    return Answer(_document(title, shown), 200, XML)


def _document(title: str, rows: list[Row]) -> bytes:
    inner = "".join(
        "<object>"
        + "".join(f"<{name}>{escape(value)}</{name}>" for name, value in row.items())
        + "</object>"
        for row in rows
    )
    return f'<objects xmlns="{_NAMESPACE}/{title}">{inner}</objects>'.encode()


def _catalogue(asked: Asked) -> Catalogue | None:
    code = _last(asked)
    return None if code in _LOST else asked.universe.ngsp.catalogues.get(code)


def _last(asked: Asked) -> str:
    return asked.request.path.rpartition("/")[2]


def _refused(_asked: Asked) -> Answer:
    return json_answer({"MSG": _NO_RIGHT, "Count": 0})


def _data_refused(asked: Asked) -> Answer:
    return GatewayFault.NOT_SUBSCRIBED.answer(asked.universe.settings.ngsp_faults)


OPERATIONS: Final = (
    Operation(SERVICE, CONTEXT, "AllCategory", "GET", answer_all, _last, _refused),
    Operation(
        SERVICE, "svc", "ngsp.svc/AllCategory", "GET", answer_all_by_password, _last, _refused,
        guard=Guard.OWN,
    ),
    Operation(SERVICE, CONTEXT, "Metadata/*", "GET", answer_metadata, _last, _refused),
    Operation(SERVICE, CONTEXT, "Category/*", "GET", answer_rows, _last, _refused),
    Operation(SERVICE, CONTEXT, "Category/*", "POST", answer_import, _last, _refused),
    Operation(
        DATA, DATA_CONTEXT, "*", "GET", answer_data_service, _last, _data_refused, kind=Body.XML
    ),
)  # fmt: skip
