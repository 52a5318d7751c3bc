"""Documents that describe services, whole ones and ones with a change."""

import json
from collections.abc import Callable
from copy import deepcopy
from typing import Any

from app.broker.domain.describing import Description
from app.broker.schemas.documents import JSON, read_description

ID = {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}}
FULL: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {"title": "Thửa đất", "version": "2"},
    "paths": {
        "/thuaDat/{id}": {
            "parameters": [ID],
            "get": {
                "parameters": [
                    {"name": "ngay", "in": "query", "schema": {"type": "string", "format": "date"}},
                    {"name": "loai", "in": "query", "schema": {"enum": ["a", "b"]}},
                ],
                "responses": {"200": {"description": "", "$ref": "#/components/responses/thua"}},
            },
        },
        "/thuaDat": {
            "post": {
                "operationId": "tao",
                "requestBody": {
                    "required": True,
                    "content": {
                        "application/json": {"schema": {"$ref": "#/components/schemas/thua"}}
                    },
                },
                "responses": {"201": {"description": ""}},
            }
        },
    },
    "components": {
        "responses": {
            "thua": {
                "description": "",
                "content": {"application/json": {"schema": {"$ref": "#/components/schemas/thua"}}},
            }
        },
        "schemas": {
            "thua": {
                "allOf": [
                    {
                        "type": "object",
                        "required": ["so_to"],
                        "properties": {"so_to": {"type": "integer"}},
                    },
                    {
                        "properties": {
                            "chu": {"type": "array", "items": {"$ref": "#/components/schemas/chu"}}
                        }
                    },
                ]
            },
            "chu": {
                "type": "object",
                "properties": {
                    "ten": {"type": ["string", "null"]},
                    "con": {"$ref": "#/components/schemas/chu"},
                },
            },
        },
    },
}
SWAGGER: dict[str, Any] = {
    "swagger": "2.0",
    "info": {"title": "Cũ", "version": "1"},
    "paths": {
        "/tim": {
            "post": {
                "parameters": [
                    {"name": "q", "in": "query", "type": "string"},
                    {
                        "name": "body",
                        "in": "body",
                        "required": True,
                        "schema": {"$ref": "#/definitions/hoi"},
                    },
                ],
                "responses": {"200": {"description": "", "schema": {"type": "string"}}},
            }
        }
    },
    "definitions": {"hoi": {"type": "object", "properties": {"a": {"type": "number"}}}},
}


def read(document: Any) -> Description:
    return read_description(json.dumps(document).encode(), JSON)


def changed(change: Callable[[Any], None]) -> Any:
    copy = deepcopy(FULL)
    change(copy)
    return copy


def setting(*path: str | int, to: Any) -> Callable[[Any], None]:
    def change(document: Any) -> None:
        for part in path[:-1]:
            document = document[part]
        document[path[-1]] = to

    return change


GET = ("paths", "/thuaDat/{id}", "get")
OK = {"200": {"description": ""}}
