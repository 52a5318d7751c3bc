"""What becomes of a message whose packet is not kept any more, or is damaged."""

from sqlalchemy import Connection, delete, func, select, update

from app.exchange.tables import outbox
from app.platform.storage.tables import blob_parts, blobs
from tests.documents.axis import Connected
from tests.documents.packets import DOCUMENT_ID, sent
from tests.gateway import Api


def delivery(sender: Api, document: str) -> tuple[str, str]:
    (first, _) = sender.get(f"/v1/documents/{document}").json()["recipients"]
    return first["delivery"], first["delivery_reason"].partition(":")[0]


def test_a_packet_that_is_gone_is_not_sent_and_is_shown(home: Connected, sender: Api) -> None:
    document = sent(sender)["id"]

    def lose(connection: Connection) -> None:
        connection.execute(delete(blob_parts))
        connection.execute(update(blobs).values(is_complete=False))

    home.gateway.transact(lose)
    assert [home.relay(), home.relay()] == [1, 2]
    assert delivery(sender, document) == ("refused", "content-gone")
    assert home.universe.deliveries.about(DOCUMENT_ID) == []


def test_a_packet_that_is_damaged_is_not_sent_and_is_shown(home: Connected, sender: Api) -> None:
    document = sent(sender)["id"]

    def damage(connection: Connection) -> None:
        connection.execute(update(blob_parts).values(content=b"<edXML/>"))

    home.gateway.transact(damage)
    assert [home.relay(), home.relay()] == [1, 2]
    assert delivery(sender, document) == ("refused", "content-damaged")
    assert home.universe.deliveries.about(DOCUMENT_ID) == []


def test_a_message_owed_to_several_before_there_were_portions_settles_its_document(
    home: Connected, sender: Api
) -> None:
    document = sent(sender)["id"]

    def as_before(connection: Connection) -> None:
        first, second = connection.scalars(select(outbox.c.body).order_by(outbox.c.sequence))
        body = {**first, "to": first["to"] + second["to"]}
        assert body.pop("document") == document
        last = select(func.max(outbox.c.sequence)).scalar_subquery()
        connection.execute(delete(outbox).where(outbox.c.sequence == last))
        connection.execute(update(outbox).values(message_id=document, body=body))

    home.gateway.transact(as_before)
    assert home.relay() == 1
    found = sender.get(f"/v1/documents/{document}").json()["recipients"]
    assert [one["delivery"] for one in found] == ["sent", "sent"]
