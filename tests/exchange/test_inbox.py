import pytest
from sqlalchemy import Connection

from app.exchange import inbox
from tests.exchange.post import Post


def test_a_message_is_accepted_the_first_time_only(post: Post) -> None:
    first, again = (post.do(inbox.accept, post.clock, sender="A", message_id="1") for _ in range(2))
    assert (first, again) == (True, False)


def test_the_same_id_of_another_sender_is_another_message(post: Post) -> None:
    assert post.do(inbox.accept, post.clock, sender="A", message_id="1")
    assert post.do(inbox.accept, post.clock, sender="B", message_id="1")


def test_an_act_that_comes_to_nothing_leaves_the_message_to_be_taken_again(post: Post) -> None:
    def failing(connection: Connection) -> None:
        inbox.accept(connection, post.clock, sender="A", message_id="1")
        raise LookupError

    with pytest.raises(LookupError):
        post.do(failing)
    assert post.do(inbox.accept, post.clock, sender="A", message_id="1")
