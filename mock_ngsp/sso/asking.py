"""A request to the provider, and how it says no."""

from dataclasses import dataclass

from mock_ngsp.sso.provider import Client, Provider
from mock_ngsp.wire import Answer, json_answer


@dataclass(frozen=True, slots=True)
class Asked:
    """What came: our own address as the caller sees it, the parameters, a bearer."""

    base: str
    given: dict[str, str]
    bearer: str = ""

    @property
    def issuer(self) -> str:
        """`iss` of our tokens, in WSO2's way: the address of the token endpoint."""
        return f"{self.base}/oauth2/token"

    def wanted(self, name: str) -> str:
        """A parameter that must be there."""
        value = self.given.get(name, "")
        if not value:
            raise SignOnError("invalid_request", f"{name} is missing")
        return value


class SignOnError(Exception):
    """A refusal as RFC 6749 and RFC 6750 word it."""

    def __init__(self, error: str, why: str, status: int = 400) -> None:
        super().__init__(why)
        self.error, self.why, self.status = error, why, status


def refusal(wrong: SignOnError) -> Answer:
    """The answer for a refusal."""
    content = {"error": wrong.error, "error_description": wrong.why}
    answer = json_answer(content, wrong.status)
    if wrong.error != "invalid_token":
        return answer
    challenge = ((b"www-authenticate", b'Bearer error="invalid_token"'),)
    return Answer(answer.body, wrong.status, extra=challenge)


def client_of(provider: Provider, asked: Asked) -> Client:
    """The client whose secret came in the body.

    Raises:
        SignOnError: if there is no such client, or the secret is another.
    """
    client = provider.clients.get(asked.given.get("client_id", ""))
    if client is None or asked.given.get("client_secret") != client.secret:
        raise SignOnError("invalid_client", "the client or its secret is wrong", 401)
    return client
