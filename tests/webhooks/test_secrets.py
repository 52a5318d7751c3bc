"""Secrets: kept sealed, rotated with an overlap, sealed anew under another key."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from app.platform.sealing import new_sealing_key, sealer_of
from app.platform.settings import Settings
from app.webhooks.tables import webhooks
from app.webhooks.use_cases import sealing
from tests.acting import staged
from tests.webhooks.office import PATH, Office, is_signed


def kept_secret(office: Office) -> bytes:
    return office.gateway.transact(
        lambda connection: bytes(connection.execute(select(webhooks.c.secret)).scalar_one())
    )


@pytest.mark.parametrize("hours", [False, True, "2", "24.0"])
def test_hours_are_a_number_and_nothing_that_could_be_read_as_one(
    office: Office, hours: object
) -> None:
    webhook = office.subscribe("dossier.*")
    former = office.secret(webhook)
    path = f"{PATH}/{webhook}/secret-rotations"
    refused = office.api.post(path, json={"overlap_hours": hours})
    assert refused.status_code == 422
    assert [one["pointer"] for one in refused.json()["errors"]] == ["/overlap_hours"]
    assert office.secret(webhook) == former


def test_during_a_rotation_both_secrets_sign_and_then_the_new_one_alone(office: Office) -> None:
    webhook = office.subscribe("dossier.*")
    former = office.secret(webhook)
    office.do(webhook, "secret-rotations", overlap_hours=2)
    fresh = office.secret(webhook)
    assert fresh != former
    seen = []
    for _ in range(2):
        staged(office.api, "acceptance")
        office.tell()
        office.send()
        asked = office.service.asked[-1]
        seen.append((is_signed(asked, fresh), is_signed(asked, former)))
        office.pass_time(timedelta(hours=2))
    assert seen == [(True, True), (True, False)]


def test_a_secret_is_not_readable_in_the_database(office: Office) -> None:
    webhook = office.subscribe()
    secret = office.secret(webhook)
    kept = kept_secret(office)
    assert secret.encode() not in kept
    assert b"whsec" not in kept


def test_secrets_are_sealed_anew_under_another_key(
    office: Office, settings: Settings, tmp_path: Path
) -> None:
    webhook = office.subscribe()
    secret = office.secret(webhook)
    file = tmp_path / "new.key"
    file.write_text(new_sealing_key())
    former = settings.encryption_key_file
    changes = {"encryption_key_file": file, "previous_encryption_key_file": former}
    both = sealer_of(settings.model_copy(update=changes))
    alone = sealer_of(settings.model_copy(update={"encryption_key_file": file}))
    assert both is not None
    assert alone is not None
    assert office.gateway.transact(sealing.unopenable, alone) == [webhook]
    assert office.gateway.transact(sealing.reseal, both) == 1
    assert office.gateway.transact(sealing.unopenable, alone) == []
    assert alone.open(kept_secret(office), about=f"webhook:{webhook}").get_secret_value() == secret
