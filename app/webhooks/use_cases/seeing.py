"""Whose a webhook is."""

from app.access.domain import Caller
from app.webhooks.domain.errors import UnknownWebhookError
from app.webhooks.domain.webhooks import Webhook


def visible(webhook: Webhook | None, caller: Caller) -> Webhook:
    """Return a webhook.

    Raises:
        UnknownWebhookError: if there is none, or it is not the caller's.
    """
    if webhook is None or not caller.may_see(webhook.member):
        raise UnknownWebhookError
    return webhook
