"""Sixty golden packets with one broken rule each: the reader names the rule and the element."""

import pytest

from app.exchange.vxp.edxml.errors import EdxmlError
from app.exchange.vxp.edxml.limits import Limits
from app.exchange.vxp.edxml.reader import read, read_content
from app.platform.contents import Content
from app.platform.spools import Spool
from tests.contract.faults import Fault, faults


@pytest.mark.parametrize("fault", faults(), ids=str)
def test_a_broken_rule_is_named_with_its_element(fault: Fault) -> None:
    read(fault.whole(), limits=Limits())
    with pytest.raises(EdxmlError) as caught:
        read(fault.broken(), limits=Limits())
    assert (caught.value.slug, caught.value.pointer) == (fault.gateway, f"/edXML/{fault.at}")
    assert caught.value.errors[0].pointer == f"/edXML/{fault.at}"


@pytest.mark.parametrize("fault", faults(), ids=str)
def test_a_lenient_reading_goes_on_without_what_no_packet_needs(fault: Fault) -> None:
    raw = Content.of(fault.broken())
    if fault.lenient == "passes":
        reading = read_content(raw, limits=Limits(), spool=Spool(), is_lenient=True)
        passed_over = reading.passed_over
        assert [*passed_over.values, *passed_over.parties] == [f"/edXML/{fault.at}"]
        return
    with pytest.raises(EdxmlError) as caught:
        read_content(raw, limits=Limits(), spool=Spool(), is_lenient=True)
    assert (caught.value.slug, caught.value.pointer) == (fault.gateway, f"/edXML/{fault.at}")


@pytest.mark.parametrize("fault", faults(), ids=str)
def test_nothing_is_passed_over_in_a_whole_packet(fault: Fault) -> None:
    whole = fault.whole()
    lenient = read_content(Content.of(whole), limits=Limits(), spool=Spool(), is_lenient=True)
    assert lenient.packet == read(whole, limits=Limits())
    assert not [*lenient.passed_over.values, *lenient.passed_over.parties]


def test_there_are_sixty_and_no_rule_is_broken_twice() -> None:
    assert len({(fault.gateway, fault.at) for fault in faults()}) == len(faults()) == 60
