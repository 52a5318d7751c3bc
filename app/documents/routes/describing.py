"""The bodies of `POST /v1/documents` for the OpenAPI document."""

from typing import Any, Final

from app.documents.routes.intake import FORM, XML
from app.documents.schemas.incoming import DRAFT_EXAMPLE, DocumentDraft

XML_EXAMPLE: Final = """\
<?xml version="1.0" encoding="UTF-8"?>
<edXML xmlns="http://www.mic.gov.vn/TBT/QCVN_102_2016">
  <edXMLEnvelope>
    <edXMLHeader>
      <MessageHeader>
        <From><OrganId>000.00.12.H38</OrganId><OrganName>Sở Kiểm thử Dữ liệu</OrganName></From>
        <To><OrganId>000.00.71.H53</OrganId><OrganName>UBND xã Ví Dụ</OrganName></To>
        <Code><CodeNumber>44</CodeNumber><CodeNotation>SKTDL-VP</CodeNotation></Code>
        <PromulgationInfo><PromulgationDate>2026/03/02</PromulgationDate></PromulgationInfo>
        <DocumentType><Type>18</Type><TypeName>Công văn</TypeName></DocumentType>
        <Subject>V/v chạy thử gói tin edXML</Subject>
        <SignerInfo><FullName>Phạm Thị Giả Định</FullName></SignerInfo>
        <DocumentId>000.00.12.H38,2026/03/02,44/SKTDL-VP</DocumentId>
      </MessageHeader>
      <TraceHeaderList>
        <TraceHeader>
          <OrganId>000.00.12.H38</OrganId><Timestamp>2026/03/02 09:15:00</Timestamp>
        </TraceHeader>
        <Bussiness><BussinessDocType>0</BussinessDocType><Paper>0</Paper></Bussiness>
      </TraceHeaderList>
    </edXMLHeader>
    <edXMLBody><edXMLManifest version="1.0"/></edXMLBody>
  </edXMLEnvelope>
</edXML>
"""


def request_body() -> dict[str, Any]:
    """Return the OpenAPI `requestBody`: a form of metadata and files, or an edXML packet."""
    form = {
        "type": "object",
        "required": ["metadata"],
        "additionalProperties": False,
        "properties": {
            "metadata": _draft_schema(),
            "files": {
                "type": "array",
                "maxItems": 200,
                "description": "Tệp đính kèm, theo thứ tự. / Files, in order.",
                "items": {"type": "string", "format": "binary"},
            },
        },
    }
    packet = {
        "type": "string",
        "description": "Gói tin edXML, giữ và chuyển nguyên từng byte. "
        "/ An edXML packet, kept and relayed byte for byte.",
    }
    content: dict[str, Any] = {
        FORM: {
            "schema": form,
            "encoding": {"metadata": {"contentType": "application/json"}},
            "example": {"metadata": DRAFT_EXAMPLE},
        }
    }
    content |= {kind: {"schema": packet, "example": XML_EXAMPLE} for kind in XML}
    return {"required": True, "content": content}


def _draft_schema() -> dict[str, Any]:
    schema = DocumentDraft.model_json_schema(by_alias=True)
    parts = schema.pop("$defs", {})
    found: dict[str, Any] = _inlined(schema, parts)
    return found


def _inlined(schema: Any, parts: dict[str, Any]) -> Any:
    """Return a schema with every reference replaced by what it refers to."""
    if isinstance(schema, list):
        return [_inlined(one, parts) for one in schema]
    if not isinstance(schema, dict):
        return schema
    name = str(schema.get("$ref", "")).removeprefix("#/$defs/")
    if name in parts:
        rest = {key: one for key, one in schema.items() if key != "$ref"}
        return _inlined(parts[name] | rest, parts)
    return {key: _inlined(one, parts) for key, one in schema.items()}
