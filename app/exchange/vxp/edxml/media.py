"""Kinds of file by their names; a table of our own, as a machine's differs from the next one's."""

_LONGEST = 10
"""A longer tail after a dot is a sentence, not an extension."""

_OFFICE = "application/vnd.openxmlformats-officedocument"
_OPEN_DOCUMENT = "application/vnd.oasis.opendocument"
_TYPES = {
    "csv": "text/csv",
    "doc": "application/msword",
    "docx": f"{_OFFICE}.wordprocessingml.document",
    "htm": "text/html",
    "html": "text/html",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "json": "application/json",
    "odp": f"{_OPEN_DOCUMENT}.presentation",
    "ods": f"{_OPEN_DOCUMENT}.spreadsheet",
    "odt": f"{_OPEN_DOCUMENT}.text",
    "pdf": "application/pdf",
    "png": "image/png",
    "ppt": "application/vnd.ms-powerpoint",
    "pptx": f"{_OFFICE}.presentationml.presentation",
    "rtf": "application/rtf",
    "tif": "image/tiff",
    "tiff": "image/tiff",
    "txt": "text/plain",
    "xls": "application/vnd.ms-excel",
    "xlsx": f"{_OFFICE}.spreadsheetml.sheet",
    "xml": "application/xml",
    "zip": "application/zip",
}


def extension(name: str) -> str:
    """Return what follows the last dot in lower case, or nothing where it is no extension."""
    tail = name.rpartition(".")[2].lower() if "." in name else ""
    return tail if tail.isascii() and tail.isalnum() and len(tail) <= _LONGEST else ""


def content_type(name: str) -> str:
    """Return the media type of the extension, or that of plain bytes."""
    return _TYPES.get(extension(name), "application/octet-stream")
