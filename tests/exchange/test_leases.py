from datetime import timedelta

from app.exchange import leases
from tests.exchange.post import Post

MINUTE = timedelta(minutes=1)


def acquire(post: Post, holder: str, name: str = "axis") -> bool:
    return post.do(leases.acquire, post.clock, name=name, holder=holder, duration=MINUTE)


def renew(post: Post, holder: str) -> bool:
    return post.do(leases.renew, post.clock, name="axis", holder=holder, duration=MINUTE)


def test_one_holder_at_a_time(post: Post) -> None:
    assert [acquire(post, "a"), acquire(post, "b"), acquire(post, "a")] == [True, False, True]
    assert acquire(post, "b", name="another")


def test_a_lease_that_ran_out_is_free(post: Post) -> None:
    acquire(post, "a")
    post.clock.advance(MINUTE)
    assert not renew(post, "a")
    assert acquire(post, "b")
    assert not acquire(post, "a")


def test_a_renewed_lease_lasts_longer(post: Post) -> None:
    acquire(post, "a")
    post.clock.advance(MINUTE / 2)
    assert renew(post, "a")
    assert not renew(post, "b")
    post.clock.advance(MINUTE / 2)
    assert not acquire(post, "b")


def test_a_released_lease_is_free_at_once(post: Post) -> None:
    acquire(post, "a")
    post.do(leases.release, name="axis", holder="b")
    assert not acquire(post, "b")
    post.do(leases.release, name="axis", holder="a")
    assert acquire(post, "b")
