"""The vendor's client against every axis there is: the mock, and whatever stands in for it."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from functools import partial

import pytest

from tests.wires.vxp_gateway import gateway_axis
from tests.wires.vxp_kit import Kit
from tests.wires.vxp_quirks import QUIRKS
from tests.wires.vxp_scenes import SCENES
from tests.wires.vxp_targets import Axis, Target, mock_axis


@contextmanager
def at_the_root(axis: Callable[[], AbstractContextManager[Target]]) -> Iterator[Target]:
    """The same axis as a client sees it that was given an address without any path."""
    with axis() as target:
        bases = tuple(reversed(target.bases))
        yield Axis(bases, target.here, target.there, target.stranger)


TARGETS: dict[str, Callable[[], AbstractContextManager[Target]]] = {
    "mock": mock_axis,
    "gateway": gateway_axis,
    "mock-at-the-root": partial(at_the_root, mock_axis),
    "gateway-at-the-root": partial(at_the_root, gateway_axis),
    "gateway-with-hex24": partial(gateway_axis, vxp_doc_id_form="hex24"),
    "mock-with-uuids-and-packets-as-sent": partial(mock_axis, "doc-id-form=uuid", "rewriting=off"),
}


@pytest.fixture(scope="module", params=TARGETS)
def target(request: pytest.FixtureRequest) -> Iterator[Target]:
    with TARGETS[request.param]() as target:
        yield target


def _name_of(scene: Callable[[Target], None]) -> str:
    return scene.__name__


@pytest.mark.parametrize("scene", [*SCENES, *QUIRKS], ids=_name_of)
def test_the_vendors_client_notices_nothing(
    target: Target, scene: Callable[[Target], None]
) -> None:
    scene(target)


def test_the_scenes_call_every_operation_there_is() -> None:
    calls = {name for name in vars(Kit) if not name.startswith("_")}
    named = {name for scene in (*SCENES, *QUIRKS) for name in scene.__code__.co_names}
    helped = {"send_edoc", "get_received_edoc_list", "update_status"}
    assert calls - named - helped == set()
    assert (len(calls), len(QUIRKS)) == (13, 7)
