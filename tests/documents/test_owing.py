"""What becomes of a message whose packet is not kept any more."""

from sqlalchemy import Connection, delete

from app.documents.tables import blob_parts
from tests.documents.axis import Connected
from tests.documents.packets import DOCUMENT_ID, sent
from tests.gateway import Api


def test_a_packet_that_is_gone_is_not_sent_and_is_shown(home: Connected, sender: Api) -> None:
    document = sent(sender)["id"]

    def lose(connection: Connection) -> None:
        connection.execute(delete(blob_parts))

    home.gateway.transact(lose)
    assert home.relay() == 1
    (first, _) = sender.get(f"/v1/documents/{document}").json()["recipients"]
    assert (first["delivery"], first["delivery_reason"].partition(":")[0]) == (
        "refused",
        "content-gone",
    )
    assert home.universe.deliveries.about(DOCUMENT_ID) == []
