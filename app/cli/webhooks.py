"""`lgsp webhooks …`: who is told what happens, and whose receiver fails."""

from typing import Any

import typer

from app.cli.acting import act
from app.cli.failing import CommandError, read_settings
from app.cli.printing import JsonFlag, print_json, print_rows
from app.cli.systems import sealer_from
from app.platform.clock import SystemClock
from app.platform.sealing import UnopenableError
from app.webhooks.domain.webhooks import Webhook
from app.webhooks.store import webhooks as store
from app.webhooks.use_cases import sealing, subscribing

app = typer.Typer(help="Webhook. / Webhooks of members.", no_args_is_help=True)
_COLUMNS = ("webhook_id", "member", "url", "types", "state", "failures", "reason", "delivered_at")


@app.command("list")
def list_(*, as_json: JsonFlag = False) -> None:
    """Liệt kê webhook. / List webhooks and how their receivers do."""
    rows = [_row(webhook) for webhook in act(read_settings(), store.every)]
    if as_json:
        print_json(rows)
    else:
        print_rows(_COLUMNS, rows)


@app.command("enable")
def enable(webhook_id: str) -> None:
    """Bật lại một webhook. / Tell a disabled webhook again, from now on."""
    act(read_settings(), subscribing.enable_by_hand, SystemClock(), webhook_id=webhook_id)
    typer.echo(f"{webhook_id} enabled")


@app.command("reseal")
def reseal() -> None:
    """Mã hoá lại khoá đang giữ. / Keep all secrets under the present encryption key."""
    settings = read_settings()
    try:
        number = act(settings, sealing.reseal, sealer_from(settings))
    except UnopenableError as error:
        raise CommandError(str(error)) from error
    typer.echo(f"{number} resealed")


def _row(webhook: Webhook) -> dict[str, Any]:
    seen = webhook.health.delivered_at
    return {
        "webhook_id": webhook.webhook_id,
        "member": str(webhook.member),
        "url": webhook.url,
        "types": " ".join(webhook.types),
        "state": webhook.state.value,
        "failures": webhook.health.failures,
        "reason": webhook.health.reason,
        "delivered_at": seen and seen.isoformat(),
    }
