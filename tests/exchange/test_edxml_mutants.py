"""Sixty golden packets with one broken rule each: the reader names the rule and the element."""

import pytest

from app.exchange.vxp.edxml.errors import EdxmlError
from app.exchange.vxp.edxml.limits import Limits
from app.exchange.vxp.edxml.reader import read
from tests.contract.faults import Fault, faults


@pytest.mark.parametrize("fault", faults(), ids=str)
def test_a_broken_rule_is_named_with_its_element(fault: Fault) -> None:
    read(fault.whole(), limits=Limits())
    with pytest.raises(EdxmlError) as caught:
        read(fault.broken(), limits=Limits())
    assert (caught.value.slug, caught.value.pointer) == (fault.gateway, f"/edXML/{fault.at}")
    assert caught.value.errors[0].pointer == f"/edXML/{fault.at}"


def test_there_are_sixty_and_no_rule_is_broken_twice() -> None:
    assert len({(fault.gateway, fault.at) for fault in faults()}) == len(faults()) == 60
