"""SMS by the four public wires; the text is plain ASCII when it comes here."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final, TypeVar

import httpx
from lxml import etree
from pydantic import SecretStr, ValidationError

from app.exchange.messaging.letters import Letter
from app.exchange.messaging.sms_wire import (
    BULK,
    SOAP,
    AdapterSms,
    BrandAnswer,
    BrandParam,
    BrandRequest,
    BrandSms,
    CitizenAnswer,
    CitizenSms,
    WireAnswer,
)
from app.exchange.outcomes import Deferred, Delivered, Outcome, Refused
from app.exchange.transport import Answer, contract_breach, exchange

_MAX_ANSWER: Final = 64 * 2**10
_JSON: Final = "application/json; charset=utf-8"
_PARSER: Final = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
_UNKNOWN: Final = "sms-not-taken"
"""A code of the service that no public text explains: it is worth another attempt and a look."""

A = TypeVar("A", bound=WireAnswer)
Read = Callable[[Answer], Outcome]


@dataclass(frozen=True, slots=True)
class SmsAccount:
    """Who we are at the service; which of these a wire has differs."""

    brand: str
    user: str = ""
    secret: SecretStr = field(default=SecretStr(""))
    agent: str = ""
    contract: str = ""
    template: str = ""


class SmsClient:
    """Speaks one of the wires; one object per process and event loop."""

    def __init__(
        self,
        http: httpx.AsyncClient,
        *,
        url: str,
        shape: str,
        account: SmsAccount,
        deadline: timedelta,
    ) -> None:
        self._http = http
        self._url = url
        self._account = account
        self._deadline = deadline
        self._write, self._read = {
            "dong_thap": (self._citizen, _read_citizen),
            "vnpt": (self._brand, _read_brand),
            "viettel": (self._bulk, _read_bulk),
            "province": (self._adapter, _read_adapter),
        }[shape]

    async def send(self, letter: Letter) -> Outcome:
        """Send a letter once; a refusal by HTTP is final."""
        answer = await exchange(
            self._http, self._write(letter), max_bytes=_MAX_ANSWER, deadline=self._deadline
        )
        if isinstance(answer, Deferred):
            return answer
        if answer.status in {401, 403}:
            return Deferred(f"http-{answer.status}", alarm=True)
        if not answer.is_success:
            return Refused(f"http-{answer.status}", "dịch vụ không nhận tin này")
        return self._read(answer)

    def _citizen(self, letter: Letter) -> httpx.Request:
        brand = self._account.brand
        message = CitizenSms(
            content=letter.text, sender=brand, receiver=letter.to, application=brand
        )
        return self._post(message.model_dump_json(), bearer=True)

    def _brand(self, letter: Letter) -> httpx.Request:
        account = self._account
        request = BrandRequest(
            request_id=letter.message_id,
            label=account.brand,
            contract=account.contract,
            template=account.template,
            params=(BrandParam(number="1", content=letter.text),),
            mobiles=letter.to,
            agent=account.agent,
            user=account.user,
            password=account.secret.get_secret_value(),
            username=account.user,
        )
        return self._post(BrandSms(request=request).model_dump_json())

    def _bulk(self, letter: Letter) -> httpx.Request:
        account = self._account
        envelope = etree.Element(f"{{{SOAP}}}Envelope", nsmap={"soapenv": SOAP, "impl": BULK})
        body = etree.SubElement(envelope, f"{{{SOAP}}}Body")
        call = etree.SubElement(body, f"{{{BULK}}}wsCpMt")
        for name, value in (
            ("User", account.user),
            ("Password", account.secret.get_secret_value()),
            ("CPCode", account.agent),
            ("RequestID", letter.message_id),
            ("UserID", letter.to),
            ("ReceiverID", letter.to),
            ("ServiceID", account.brand),
            ("CommandCode", "bulksms"),
            ("Content", letter.text),
            ("ContentType", "0"),
        ):
            etree.SubElement(call, name).text = value
        content = etree.tostring(envelope, xml_declaration=True, encoding="UTF-8")
        headers = {"Content-Type": "text/xml; charset=utf-8", "SOAPAction": '""'}
        return self._http.build_request("POST", self._url, content=content, headers=headers)

    def _adapter(self, letter: Letter) -> httpx.Request:
        account = self._account
        message = AdapterSms(
            phone=letter.to,
            content=letter.text,
            template=account.contract,
            software=account.agent,
            dossier=letter.dossier,
            agency=letter.agency,
        )
        return self._post(message.model_dump_json(), bearer=True)

    def _post(self, content: str, *, bearer: bool = False) -> httpx.Request:
        headers = {"Content-Type": _JSON}
        if bearer:
            headers["Authorization"] = f"Bearer {self._account.secret.get_secret_value()}"
        return self._http.build_request(
            "POST", self._url, content=content.encode(), headers=headers
        )


def _read_citizen(answer: Answer) -> Outcome:
    said = _said(CitizenAnswer, answer)
    if said is None:
        return contract_breach("SendSms", answer, "not an answer of SendSms")
    return Delivered() if said.result == "SUCCESSFUL" else Deferred(_UNKNOWN, alarm=True)


def _read_brand(answer: Answer) -> Outcome:
    said = _said(BrandAnswer, answer)
    if said is None:
        return contract_breach("send_sms_list", answer, "not an answer of send_sms_list")
    return Delivered() if said.reply.error == "0" else Deferred(_UNKNOWN, alarm=True)


def _read_bulk(answer: Answer) -> Outcome:
    try:
        root = etree.fromstring(answer.body, _PARSER)
    except etree.XMLSyntaxError:
        return contract_breach("wsCpMt", answer, "not XML")
    result = root.xpath("string(//*[local-name()='return']/*[local-name()='result'])")
    if not result:
        return contract_breach("wsCpMt", answer, "no result")
    return Delivered() if result == "1" else Deferred(_UNKNOWN, alarm=True)


def _read_adapter(_answer: Answer) -> Outcome:
    # Its answer is not public; that it succeeds by HTTP is all there is.
    return Delivered()


def _said(model: type[A], answer: Answer) -> A | None:
    try:
        return model.model_validate_json(answer.body)
    except ValidationError:
        return None
