import pytest

from app.codes import DocumentId
from app.documents.domain.documents import spellings
from app.documents.domain.statuses import LABELS, Recall, Standing, Status

CODES = [None, *Status][:7]


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
