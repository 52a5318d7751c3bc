from itertools import product

import pytest

from app.codes import DocumentId
from app.documents.domain.documents import Business, spellings
from app.documents.domain.errors import ForbiddenStatusError
from app.documents.domain.statuses import LABELS, Recall, Standing, Status

CODES = [None, *Status][:7]
TABLE = {
    None: "01 02 03",
    "01": "02 03 13",
    "02": "",
    "03": "04 05 06 13",
    "04": "05 06 13",
    "05": "04 06 13",
    "06": "13",
}
"""edXML sheet, section 2.3: what may follow while nothing is recalled."""


def following(progress: str | None, recall: Recall) -> set[str]:
    found = set(TABLE[progress].split())
    if recall is Recall.AGREED:
        return set()
    if recall in {Recall.ASKED, Recall.PROPOSED}:
        return (found - {"13"}) | {"15", "16"}
    return found


PAIRS = list(product(CODES, Recall, Status))


@pytest.mark.parametrize(("progress", "recall", "code"), PAIRS)
def test_exactly_the_moves_of_the_table_are_allowed(
    progress: Status | None, recall: Recall, code: Status
) -> None:
    standing = Standing(progress, recall)
    assert (code in standing.allowed) == (code.value in following(progress, recall))
    if code in standing.allowed:
        assert standing.move(code) == standing.drift(code)
        return
    with pytest.raises(ForbiddenStatusError) as refused:
        standing.move(code)
    assert refused.value.extensions["wanted"] == code.value


@pytest.mark.parametrize(("progress", "recall", "code"), PAIRS)
def test_what_another_party_says_is_taken_whatever_the_table_says(
    progress: Status | None, recall: Recall, code: Status
) -> None:
    standing = Standing(progress, recall)
    after = standing.drift(code)
    is_ignored = recall is Recall.AGREED or (
        code is Status.ARRIVED and code not in standing.allowed
    )
    if is_ignored:
        assert after == standing
    elif code in {Status.TAKE_BACK, Status.AGREED, Status.DECLINED}:
        assert (after.progress, after.recall) != (progress, Recall.NONE)
    else:
        assert (after.progress, after.recall) == (code, recall)


def test_an_undecided_recall_is_what_is_shown() -> None:
    asked = Standing(Status.PROCESSING).move(Status.TAKE_BACK)
    assert asked.code is Status.TAKE_BACK
    assert asked.move(Status.FINISHED).code is Status.TAKE_BACK


def test_a_declined_recall_leaves_the_status_before_it_and_may_be_asked_again() -> None:
    declined = Standing(Status.ASSIGNED).move(Status.TAKE_BACK).move(Status.DECLINED)
    assert declined.code is Status.ASSIGNED
    assert declined.move(Status.TAKE_BACK).code is Status.TAKE_BACK


def test_an_agreed_recall_is_the_end() -> None:
    agreed = Standing(Status.RECEIVED).move(Status.TAKE_BACK).move(Status.AGREED)
    assert (agreed.code, agreed.allowed) == (Status.AGREED, frozenset())


@pytest.mark.parametrize("code", [code for code in CODES if code])
def test_the_same_code_again_is_a_repeat(code: Status) -> None:
    assert Standing(code).is_repeat(code)
    assert not Standing(None).is_repeat(code)
    assert Standing(code, Recall.ASKED).is_repeat(code)
    assert not Standing(code, Recall.AGREED).is_repeat(code)


def test_the_answers_to_a_recall_are_repeats_once_they_are_given() -> None:
    seen = Status.RECEIVED
    assert Standing(seen, Recall.DECLINED).is_repeat(Status.DECLINED)
    assert Standing(seen, Recall.AGREED).is_repeat(Status.AGREED)
    assert Standing(seen, Recall.ASKED).is_repeat(Status.TAKE_BACK)
    assert not Standing(seen, Recall.ASKED).is_repeat(Status.AGREED)


def test_every_code_has_a_name_and_three_need_a_reason() -> None:
    assert set(LABELS) == set(Status)
    assert {code.value for code in Status if code.needs_reason} == {"02", "13", "16"}
    assert [code for code in Status if code.is_senders] == [Status.TAKE_BACK]


def test_a_revocation_and_an_update_ask_by_themselves() -> None:
    assert [kind.asks for kind in Business] == [False, True, True, False]


@pytest.mark.parametrize(
    ("text", "others"),
    [
        ("000.00.12.H38,2026/03/02,42/A", ["000.00.12.H38,2026-03-02,42/A"]),
        ("000.00.12.H38,2026-03-02,42/A-B", ["000.00.12.H38,2026/03/02,42/A-B"]),
        ("000.00.12.H38,2026,42", []),
        ("3f0c1c1e-0000-4000-8000-00000000a001", []),
    ],
)
def test_a_document_id_is_known_with_its_date_written_either_way(
    text: str, others: list[str]
) -> None:
    assert spellings(DocumentId(text)) == (text, *others)
