"""One small service in each language that is read; the OpenAPI document shows them."""

from typing import Any, Final

JSON_EXAMPLE: Final[dict[str, Any]] = {
    "openapi": "3.0.3",
    "info": {"title": "Tra cứu thửa đất", "version": "1.0"},
    "paths": {
        "/thuaDat/{id}": {
            "get": {
                "operationId": "thuaDat",
                "parameters": [
                    {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}
                ],
                "responses": {"200": {"description": "Thửa đất"}},
            }
        }
    },
}
YAML_EXAMPLE: Final = """\
openapi: 3.0.3
info: {title: Tra cứu thửa đất, version: '1.0'}
paths:
  /thuaDat/{id}:
    get:
      operationId: thuaDat
      parameters:
        - {name: id, in: path, required: true, schema: {type: string}}
      responses:
        '200': {description: Thửa đất}
"""
XML_EXAMPLE: Final = """\
<definitions name="ThuaDat" targetNamespace="urn:vi-du:thua-dat"
    xmlns="http://schemas.xmlsoap.org/wsdl/" xmlns:t="urn:vi-du:thua-dat"
    xmlns:s="http://schemas.xmlsoap.org/wsdl/soap/" xmlns:x="http://www.w3.org/2001/XMLSchema">
  <types>
    <x:schema targetNamespace="urn:vi-du:thua-dat" elementFormDefault="qualified">
      <x:element name="timThuaDat">
        <x:complexType>
          <x:sequence>
            <x:element name="soTo" type="x:int"/>
            <x:element name="soThua" type="x:int"/>
          </x:sequence>
        </x:complexType>
      </x:element>
      <x:element name="thuaDat" type="t:ThuaDat"/>
      <x:complexType name="ThuaDat">
        <x:sequence>
          <x:element name="dienTich" type="x:decimal"/>
          <x:element name="loaiDat" type="x:string" minOccurs="0"/>
        </x:sequence>
      </x:complexType>
    </x:schema>
  </types>
  <message name="Hoi"><part name="body" element="t:timThuaDat"/></message>
  <message name="Dap"><part name="body" element="t:thuaDat"/></message>
  <portType name="Cong">
    <operation name="timThuaDat"><input message="t:Hoi"/><output message="t:Dap"/></operation>
  </portType>
  <binding name="Soap" type="t:Cong">
    <s:binding transport="http://schemas.xmlsoap.org/soap/http"/>
    <operation name="timThuaDat">
      <s:operation soapAction=""/>
      <input><s:body use="literal"/></input>
      <output><s:body use="literal"/></output>
    </operation>
  </binding>
</definitions>
"""
