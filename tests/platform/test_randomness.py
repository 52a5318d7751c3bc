"""Random bytes that are fetched together are given out one by one, to threads and processes."""

import multiprocessing
from concurrent.futures import ThreadPoolExecutor
from multiprocessing.connection import Connection

from app.platform.randomness import SIZE, sixteen


def _some(number: int) -> list[bytes]:
    return [sixteen() for _ in range(number)]


def _send(pipe: Connection) -> None:
    pipe.send(_some(300))


def test_no_two_threads_are_given_the_same() -> None:
    with ThreadPoolExecutor(8) as threads:
        found = [one for part in threads.map(_some, [2_000] * 8) for one in part]
    assert {len(one) for one in found} == {SIZE}
    assert len(set(found)) == len(found) == 16_000


def test_a_child_process_is_given_none_of_its_parents() -> None:
    sixteen()  # Now others wait, and a child begins as a copy of all of it.
    forking = multiprocessing.get_context("fork")
    ours, theirs = forking.Pipe()
    child = forking.Process(target=_send, args=(theirs,))
    child.start()
    told: list[bytes] = ours.recv()
    child.join()
    assert not set(told) & set(_some(300))
