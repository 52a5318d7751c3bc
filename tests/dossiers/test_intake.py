"""How a dossier came in, how its owner was known, who signed."""

from typing import Any

import pytest

from app.dossiers.domain.errors import IntakeMismatchError
from app.dossiers.domain.filing import Channel, Filing
from app.dossiers.domain.intake import Authentication, Intake, IntakeSource
from app.dossiers.sync import record_of
from tests.builders import a_dossier, a_filing, a_held_dossier
from tests.gateway import Api

DOORS = {
    Channel.COUNTER: {IntakeSource.COUNTER},
    Channel.ONLINE: {IntakeSource.PORTAL, IntakeSource.ZALO},
    Channel.POSTAL: {IntakeSource.POST},
}
SIGNED: dict[str, Any] = {
    "source": "zalo",
    "authentication": "vneid",
    "signatures": [
        {
            "signer_name": "Nguyễn Thị Giả Định",
            "means": "mobile",
            "signed_at": "2026-11-02T08:10:00+07:00",
            "provider": "CA Ví Dụ",
            "certificate_serial": "54:01:0A",
        }
    ],
}
_NO_LINK = {"entry": None, "reference": None}
"""It did not come by the portal's deep link."""


@pytest.mark.parametrize("channel", Channel)
@pytest.mark.parametrize("source", IntakeSource)
def test_each_channel_has_its_doors(channel: Channel, source: IntakeSource) -> None:
    if source in DOORS[channel]:
        assert a_filing(channel=channel, intake=Intake(source)).came_in.source is source
    else:
        with pytest.raises(IntakeMismatchError) as refusal:
            a_filing(channel=channel, intake=Intake(source))
        assert [wrong.pointer for wrong in refusal.value.errors] == ["/intake/source"]


def test_how_it_came_in_is_kept_and_shown(province: Api) -> None:
    created = province.post("/v1/dossiers", json=a_dossier(intake=SIGNED)).json()
    found = province.get(f"/v1/dossiers/{created['code']}").json()["intake"]
    assert found == created["intake"] == SIGNED | _NO_LINK


def test_what_nobody_said_follows_from_the_channel(province: Api) -> None:
    found = province.post("/v1/dossiers", json=a_dossier(channel="postal")).json()["intake"]
    assert found == {"source": "post", "authentication": None, "signatures": []} | _NO_LINK


def test_a_door_of_another_channel_is_refused_by_name(province: Api) -> None:
    answer = province.post("/v1/dossiers", json=a_dossier(intake={"source": "post"}))
    assert (answer.status_code, answer.json()["type"]) == (422, "/problems/intake-mismatch")
    assert "“Cổng dịch vụ công”, “Zalo”" in answer.json()["detail"]


def test_a_filing_from_before_has_none() -> None:
    facts = a_filing().facts()
    del facts["intake"]
    assert Filing.of(facts).came_in.source is IntakeSource.PORTAL


@pytest.mark.parametrize(
    ("known", "flag"), [(Authentication.VNEID, "1"), (Authentication.ZALO, "0"), (None, "0")]
)
def test_the_nation_learns_whether_vneid_vouches_for_the_account(
    known: Authentication | None, flag: str
) -> None:
    filing = a_filing(intake=Intake(IntakeSource.PORTAL, known))
    record = record_of(a_held_dossier(filing=filing).facts())
    assert record.is_account_verified == flag
