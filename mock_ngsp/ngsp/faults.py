"""What the gateway before the services refuses itself, in the words of WSO2 API Manager."""

from enum import Enum
from xml.sax.saxutils import escape

from mock_ngsp.ngsp.asking import XML
from mock_ngsp.wire import Answer, json_answer

_NAMESPACE = "http://wso2.org/apimanager/security"


class GatewayFault(Enum):
    """HTTP status, code, message and description."""

    INVALID = (401, 900901, "Invalid Credentials", "Access failure: the token is not valid")
    MISSING = (401, 900902, "Missing Credentials", "Required OAuth credentials not provided")
    NO_RESOURCE = (
        403, 900906, "No matching resource found in the API for the given request",
        "Access failure: check the path and the verb",
    )  # fmt: skip
    NOT_SUBSCRIBED = (
        403, 900908, "Resource forbidden", "User is not authorized to access the API resource",
    )  # fmt: skip
    THROTTLED = (429, 900803, "Message throttled out", "You have exceeded your quota")

    def answer(self, shape: str) -> Answer:
        """The fault in the shape `json3`, `json4` or `xml`."""
        status, code, message, description = self.value
        if shape == "xml":
            text = (
                f'<ams:fault xmlns:ams="{_NAMESPACE}"><ams:code>{code}</ams:code>'
                f"<ams:message>{escape(message)}</ams:message>"
                f"<ams:description>{escape(description)}</ams:description></ams:fault>"
            )
            return Answer(text.encode(), status, XML)
        inner = {"code": code, "message": message, "description": description}
        if shape == "json4":
            return json_answer(inner | {"code": str(code)}, status)
        return json_answer({"fault": inner}, status)
