"""What the axis brings that is odd and yet not lost, and what is told of what cannot be taken."""

import base64
import io
import zipfile
from datetime import timedelta

from mock_ngsp.settings import Settings as AxisSettings
from mock_ngsp.universe import Universe
from tests.documents.arrivals import bring, outcomes
from tests.documents.axis import Connected
from tests.documents.packets import a_packet

ODD = {"DueDate": "1900/01/01", "PageAmount": "03 trang", "Priority": "Khẩn", "Paper": "true"}


def test_a_packet_with_optional_elements_that_do_not_fit_is_taken_without_them(
    away: Connected,
) -> None:
    bring(away, a_packet("H53.71", **ODD), "H53.71")
    assert away.receive() == 1
    (item,) = away.gateway.client("H53").get("/v1/documents/inbox").json()["items"]
    assert (item["due_on"], item["priority"]) == (None, None)


def test_a_recipient_elsewhere_whose_code_is_none_keeps_a_packet_from_nobody(
    away: Connected,
) -> None:
    bring(away, a_packet("H53.71", "vxp.saas.03"), "H53.71")
    assert away.receive() == 1
    (item,) = away.gateway.client("H53").get("/v1/documents/inbox").json()["items"]
    assert [one["code"] for one in item["recipients"]] == ["H53.71"]


def test_a_file_without_content_loses_no_document(away: Connected) -> None:
    empty = io.BytesIO()
    with zipfile.ZipFile(empty, "w") as archive:
        archive.writestr("ghi-chu.txt", b"")
    content = base64.b64encode(empty.getvalue()).decode()
    packet = a_packet("H53.71")
    start = packet.index(b">", packet.index(b"<edXML:ContentTransferEncoded")) + 1
    end = packet.index(b"<", start)
    bring(away, packet[:start] + content.encode() + packet[end:], "H53.71")
    assert away.receive() == 1
    api = away.gateway.client("H53")
    (item,) = api.get("/v1/documents/inbox").json()["items"]
    files = api.get(f"/v1/documents/{item['id']}").json()["attachments"]
    assert [one["name"] for one in files] == ["42-SKTDL-VP.pdf"]


def test_by_setting_what_does_not_fit_is_refused(away: Connected) -> None:
    bring(away, a_packet("H53.71", **ODD), "H53.71")
    strict = away.gateway.settings.model_copy(update={"vxp_packet_values": "strict"})
    assert away.run(away.receiver(settings=strict).turn) == 0
    assert outcomes(away) == [("document.receive", "edxml-wrong-date")]


def test_whom_the_list_names_though_the_packet_does_not_gets_what_was_sent_to_nobody_else_here(
    away: Connected,
) -> None:
    bring(away, a_packet("G22"), "000.00.71.H53")
    assert away.receive() == 1
    (item,) = away.gateway.client("H53.71").get("/v1/documents/inbox").json()["items"]
    assert [one["member"] for one in item["recipients"]] == ["H53.71"]


def test_a_list_that_names_the_system_adds_nobody_to_those_the_packet_names(
    away: Connected,
) -> None:
    bring(away, a_packet("H53.71"), "000.00.00.H53")
    assert away.receive() == 1
    (item,) = away.gateway.client("H53").get("/v1/documents/inbox").json()["items"]
    assert [one["member"] for one in item["recipients"]] == ["H53.71"]


def test_what_cannot_be_taken_and_is_listed_for_ever_is_tried_less_and_less_often(
    away: Connected,
) -> None:
    universe = Universe(AxisSettings(relist_after_fail=1000))
    kept = Connected(away.gateway, universe)
    bring(kept, b"not xml", "H53.71")
    receiver = kept.receiver()
    tried = []
    for minutes in (0, 0, 0, 0, 0, 1, 1, 1, 60, 59, 1):
        kept.gateway.clock.advance(timedelta(minutes=minutes))
        assert kept.run(receiver.turn) == 0
        tried.append(len(outcomes(kept)))
    assert tried == [1, 2, 3, 4, 4, 5, 5, 6, 7, 8, 8]


def test_the_sender_is_told_why_a_document_was_not_taken(away: Connected) -> None:
    serving = away.gateway.settings.model_copy(update={"other_members": ("H02",)})
    bring(away, a_packet("H02"), "H02")
    bring(away, a_packet("H53.99"), "H53.99")
    bring(away, b"not xml", "H53.71")
    assert away.run(away.receiver(settings=serving).turn) == 0
    assert [one.description.partition(":")[0] for one in away.waiting()] == [
        (
            "Ma H02 (UBND tinh Bac Giang) da dong tu ngay 01/07/2025; "
            "hay dung ma H05 (UBND tinh Bac Ninh)."
        ),
        "Danh muc khong co co quan, to chuc nao mang ma H53.99.",
        "Du lieu khong phai la tai lieu XML dung cu phap, ma hoa UTF-8",
    ]
