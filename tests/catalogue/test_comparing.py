"""What a directory of others changes in our catalogue, and what it does not."""

from datetime import date

from app.catalogue.domain import Change, Listed, Member, MemberKind, compare
from app.codes import AgencyCode

DAY = date(2026, 11, 2)


def a_member(code: str, name: str = "Sở Ví Dụ", **facts: object) -> Member:
    made = AgencyCode(code)
    parent = AgencyCode(made.ancestors[0]) if made.ancestors else None
    return Member(made, made.qcvn, name, MemberKind.STATE, parent, **facts)  # type: ignore[arg-type]


def a_unit(code: str, name: str = "Sở Ví Dụ", **facts: object) -> Listed:
    return Listed(AgencyCode(code), name, **facts)  # type: ignore[arg-type]


KNOWN: dict[str, Member] = {
    one.code: one for one in (a_member("H53"), a_member("H53.12"), a_member("H38"))
}


def told(changes: tuple[Change, ...]) -> list[tuple[str, str]]:
    return [(change.kind.value, str(change.after.code)) for change in changes]


def test_what_is_the_same_changes_nothing() -> None:
    found = compare([a_unit("H53"), a_unit("H53.12")], KNOWN, DAY)
    assert (found.changes, found.unchanged, found.absent) == ((), 2, 1)


def test_new_units_are_added_below_the_nearest_that_is_known() -> None:
    listed = [a_unit("H53.12.05.001"), a_unit("H54"), a_unit("H54.01"), a_unit("H99.01")]
    found = compare(listed, KNOWN, DAY)
    assert told(found.changes) == [("new", "H54"), ("new", "H54.01"), ("new", "H53.12.05.001")]
    assert [one.parent for one in found.members] == [None, "H54", "H53.12"]
    assert [(one.code, one.reason) for one in found.skipped] == [("H99.01", "parent-unknown")]


def test_a_named_parent_counts_where_the_code_stands_below_it() -> None:
    root = AgencyCode("H53")
    found = compare(
        [a_unit("H53.12.05", parent=root), a_unit("H53.14.01", parent=AgencyCode("H38"))],
        KNOWN,
        DAY,
    )
    assert [one.parent for one in found.members] == ["H53", "H53"]


def test_a_unit_is_renamed_and_closed_in_one_step() -> None:
    found = compare([a_unit("H53.12", "Sở Mới", closed_on=date(2026, 10, 1))], KNOWN, DAY)
    assert told(found.changes) == [("renamed", "H53.12"), ("closed", "H53.12")]
    [member] = found.members
    assert (member.name, member.valid_to) == ("Sở Mới", date(2026, 10, 1))


def test_an_old_code_is_closed_in_favour_of_its_unit() -> None:
    listed = [a_unit("H53", former=AgencyCode("000.00.12.H53")), a_unit("H38")]
    [change] = compare(listed, KNOWN, DAY).changes
    assert (change.after.code, change.after.valid_to, change.after.successor) == (
        "H53.12",
        DAY,
        "H53",
    )


def test_an_old_code_that_nobody_knew_is_known_as_closed() -> None:
    [member] = compare([a_unit("H53", former=AgencyCode("H53.77"))], KNOWN, DAY).members
    assert (member.code, member.is_closed(DAY), member.successor) == ("H53.77", True, "H53")


def test_an_old_code_in_use_and_one_of_a_closed_unit_are_left_alone() -> None:
    listed = [
        a_unit("H53", former=AgencyCode("H53.12")),
        a_unit("H53.12", former=AgencyCode("000.00.12.H53")),
        a_unit("H38", former=AgencyCode("H38.01"), closed_on=DAY),
    ]
    found = compare(listed, KNOWN, DAY)
    assert told(found.changes) == [("closed", "H38")]
    assert [(one.code, one.reason) for one in found.skipped] == [
        ("H53.12", "old-code-in-use"),
        ("H38.01", "successor-not-open"),
    ]


def test_a_code_closed_here_is_not_opened_again() -> None:
    known: dict[str, Member] = {"H53": a_member("H53", valid_to=date(2025, 7, 1))}
    found = compare([a_unit("H53", "Tên khác")], known, DAY)
    assert (found.changes, found.skipped[0].reason) == ((), "closed-here")


def test_a_spelling_of_another_member_is_not_taken() -> None:
    found = compare([a_unit("H53.12", qcvn="000.00.00.H38")], KNOWN, DAY)
    assert (found.changes, found.skipped[0].reason) == ((), "spelling-taken")
    [change] = compare([a_unit("H53.12", qcvn="000.01.12.H53")], KNOWN, DAY).changes
    assert (change.kind.value, change.after.qcvn) == ("respelled", "000.01.12.H53")


def test_the_kind_follows_the_parent_or_the_letter() -> None:
    listed = [a_unit(code) for code in ("K01", "A53", "G22", "0123456789", "K01.05")]
    kinds = {one.code: one.kind.value for one in compare(listed, {}, DAY).members}
    assert kinds == {
        "K01": "council",
        "A53": "party",
        "G22": "state",
        "0123456789": "enterprise",
        "K01.05": "council",
    }


def test_taking_it_over_twice_changes_nothing_more() -> None:
    listed = [a_unit("H53", "Mới", former=AgencyCode("H53.77")), a_unit("H53.12", closed_on=DAY)]
    first = compare(listed, KNOWN, DAY)
    after: dict[str, Member] = KNOWN | {one.code: one for one in first.members}
    again = compare(listed, after, DAY)
    assert (len(first.changes), again.changes) == (3, ())
