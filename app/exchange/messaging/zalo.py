"""Notices by ZNS: Zalo finds people by their telephone number and writes the text itself."""

from collections.abc import Mapping

from app.exchange.messaging.letters import Letter
from app.exchange.messaging.zalo_account import ZaloAccount
from app.exchange.messaging.zalo_wire import UNREACHABLE, TemplateData, TemplateMessage
from app.exchange.outcomes import Outcome, Refused


class ZaloClient:
    """Sends by registered templates; one object per process and event loop."""

    def __init__(self, account: ZaloAccount, *, url: str, templates: Mapping[str, str]) -> None:
        self._account = account
        self._url = url
        self._templates = templates

    async def send(self, letter: Letter) -> Outcome:
        """Send a letter by the template that is registered for its kind."""
        template_id = self._templates.get(letter.template)
        if template_id is None:
            return Refused("no-template", "chưa đăng ký mẫu tin")
        message = TemplateMessage(
            phone=letter.to,
            template_id=template_id,
            data=TemplateData(words=letter.text, **letter.values),
            tracking_id=letter.message_id,
        )
        return await self._account.tell(self._url, message.model_dump_json().encode(), UNREACHABLE)
