"""Mails by SMTP."""

from dataclasses import dataclass, field
from datetime import timedelta
from email.message import EmailMessage
from email.utils import formatdate
from typing import Final

import aiosmtplib
from pydantic import SecretStr

from app.exchange.messaging.letters import Letter
from app.exchange.outcomes import Deferred, Delivered, Outcome, Refused
from app.platform.clock import Clock

_PERMANENT: Final = 500


@dataclass(frozen=True, slots=True)
class MailServer:
    """Where mails are handed in, and as whom; `security` is starttls, tls or none."""

    host: str
    port: int
    security: str
    sender: str
    username: str = ""
    password: SecretStr = field(default=SecretStr(""))


class MailClient:
    """Hands mails in, each over a connection of its own."""

    def __init__(self, server: MailServer, clock: Clock, *, deadline: timedelta) -> None:
        self._server = server
        self._clock = clock
        self._deadline = deadline

    async def send(self, letter: Letter) -> Outcome:
        """Send a letter once."""
        server = self._server
        try:
            await aiosmtplib.send(
                self._mail(letter),
                hostname=server.host,
                port=server.port,
                use_tls=server.security == "tls",
                start_tls=server.security == "starttls",
                username=server.username or None,
                password=server.password.get_secret_value() or None,
                timeout=self._deadline.total_seconds(),
            )
        except aiosmtplib.SMTPRecipientsRefused as refused:
            return _judged(refused.recipients[0].code)
        except aiosmtplib.SMTPAuthenticationError:
            return Deferred("smtp-login", alarm=True)
        except aiosmtplib.SMTPResponseException as refused:
            return _judged(refused.code)
        except (aiosmtplib.SMTPException, OSError):
            return Deferred("smtp-failed")
        return Delivered()

    def _mail(self, letter: Letter) -> EmailMessage:
        mail = EmailMessage()
        domain = self._server.sender.rpartition("@")[2].strip(">") or "localhost"
        mail["From"] = self._server.sender
        mail["To"] = letter.to
        mail["Subject"] = letter.title
        mail["Date"] = formatdate(self._clock.now().timestamp())
        mail["Message-ID"] = f"<{letter.message_id}@{domain}>"
        mail["Auto-Submitted"] = "auto-generated"
        mail.set_content(letter.text)
        return mail


def _judged(code: int) -> Outcome:
    if code >= _PERMANENT:
        return Refused(f"smtp-{code}", "máy chủ không nhận thư này")
    return Deferred(f"smtp-{code}")
