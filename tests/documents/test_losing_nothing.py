"""Nothing that the axis hands over is lost: not behind what breaks, nor under a known id."""

import io
import random
import zipfile
from datetime import timedelta
from pathlib import Path

from app.platform.settings import Settings
from tests.documents.arrivals import bring
from tests.documents.axis import Connected
from tests.documents.large import with_file
from tests.documents.packets import a_packet, history, report


def zipped(content: bytes) -> bytes:
    """Return an archive of one file, as small as it gets."""
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mot-tep.pdf", content)
    return held.getvalue()


def test_a_new_document_under_a_known_id_is_kept_beside_the_one_that_says_otherwise(
    away: Connected,
) -> None:
    packets = (
        a_packet("H53.71"),
        a_packet("H53.71", Subject="Nội dung đã sửa"),
        with_file(b"%PDF another", of=a_packet("H53.71")),
    )
    for packet in packets:
        bring(away, packet, "H53.71")
        assert away.receive() == 1
    api = away.gateway.client("H53.71")
    found = [one["id"] for one in api.get("/v1/documents/inbox").json()["items"]]
    kept = [api.get(f"/v1/documents/{one}/edxml").content for one in found]
    assert kept == list(reversed(packets))
    assert report(api, found[0], "03").status_code == 201
    assert history(api, found[2]) == [("H53.71", "01"), ("H53.71", "03")]
    for packet in packets:
        away.universe.clock.advance(timedelta(days=1))
        bring(away, packet, "H53.71")
        assert away.receive() == 1
    assert len(api.get("/v1/documents/inbox").json()["items"]) == 3


def test_a_document_that_comes_to_each_recipient_in_a_packet_of_its_own_is_one(
    away: Connected,
) -> None:
    for recipient in ("H53.71", "H53.72"):
        bring(away, a_packet(recipient), recipient)
    assert away.receive() == 2
    items = away.gateway.client("H53").get("/v1/documents/inbox").json()["items"]
    assert [[one["code"] for one in item["recipients"]] for item in items] == [["H53.71", "H53.72"]]


def test_one_that_fails_for_no_foreseen_reason_waits_and_holds_up_nothing(
    away: Connected, settings: Settings, tmp_path: Path
) -> None:
    hindered = settings.model_copy(update={"spool_folder": tmp_path / "gone", "province": "H53"})
    archive = zipped(random.Random(1).randbytes(20_000) * 20)
    bring(away, with_file(archive, of=a_packet("H53.71", number="1")), "H53.71")
    bring(away, a_packet("H53.71", number="2"), "H53.71")
    assert away.run(away.receiver(settings=hindered).turn) == 1
    (left,) = away.waiting()
    assert left.status.value == "initial"
    api = away.gateway.client("H53")
    assert len(api.get("/v1/documents/inbox").json()["items"]) == 1
    assert (away.receive(), away.waiting()) == (1, [])
    assert len(api.get("/v1/documents/inbox").json()["items"]) == 2
