"""Every pair of the table of edXML sheet 2.3, strict and lenient."""

from itertools import product

import pytest

from app.documents.domain.errors import ForbiddenStatusError
from app.documents.domain.statuses import Recall, Standing, Status

PLAIN = {
    None: "01 02 03",
    "01": "02 03 13",
    "02": "",
    "03": "04 05 06 13",
    "04": "05 06 13",
    "05": "04 06 13",
    "06": "13",
}
"""What may follow while nothing is recalled, or after a 16, or once an update was agreed to."""

ASKED = {
    None: "01 02 03 15 16",
    "01": "02 03 15 16",
    "02": "15 16",
    "03": "04 05 06 15 16",
    "04": "05 06 15 16",
    "05": "04 06 15 16",
    "06": "15 16",
}
"""After a 13: an answer, and work that goes on meanwhile."""

OFFERED = {
    None: "01 02 03 15 16",
    "01": "02 03 13 15 16",
    "02": "15 16",
    "03": "04 05 06 13 15 16",
    "04": "05 06 13 15 16",
    "05": "04 06 13 15 16",
    "06": "13 15 16",
}
"""While an update waits for its answer."""

TABLE = {
    Recall.NONE: PLAIN,
    Recall.ASKED: ASKED,
    Recall.OFFERED: OFFERED,
    Recall.PROPOSED: dict.fromkeys(PLAIN, "15 16"),
    Recall.AGREED: dict.fromkeys(PLAIN, ""),
    Recall.ACCEPTED: PLAIN,
    Recall.DECLINED: PLAIN,
}
AFTER = {
    "13": Recall.ASKED,
    "16": Recall.DECLINED,
    "15": Recall.AGREED,
}
PROGRESS = [None, *(Status(code) for code in ("01", "02", "03", "04", "05", "06"))]
PAIRS = list(product(PROGRESS, Recall, Status))


def is_lawful(progress: Status | None, recall: Recall, code: Status) -> bool:
    return code.value in TABLE[recall][progress].split()


def lawful_after(progress: Status | None, recall: Recall, code: Status) -> Standing:
    if code.value not in AFTER:
        return Standing(code, recall)
    if code is Status.AGREED and recall is Recall.OFFERED:
        return Standing(progress, Recall.ACCEPTED)
    return Standing(progress, AFTER[code.value])


def test_the_table_names_every_state() -> None:
    assert set(TABLE) == set(Recall)
    assert all(set(rows) == set(PROGRESS) for rows in TABLE.values())


@pytest.mark.parametrize(("progress", "recall", "code"), PAIRS)
def test_strict_allows_exactly_what_the_table_says(
    progress: Status | None, recall: Recall, code: Status
) -> None:
    standing = Standing(progress, recall)
    if is_lawful(progress, recall, code):
        assert standing.move(code) == lawful_after(progress, recall, code)
        return
    with pytest.raises(ForbiddenStatusError) as refused:
        standing.move(code)
    assert refused.value.extensions["wanted"] == code.value


@pytest.mark.parametrize(("progress", "recall", "code"), PAIRS)
def test_lenient_takes_everything_and_believes_what_can_be(
    progress: Status | None, recall: Recall, code: Status
) -> None:
    standing = Standing(progress, recall)
    after = standing.drift(code)
    if is_lawful(progress, recall, code):
        assert after == lawful_after(progress, recall, code)
    elif recall is Recall.AGREED or code.value in {"01", "15", "16"}:
        assert after == standing
    elif code.value == "13":
        assert after == Standing(progress, Recall.ASKED)
    else:
        assert after == Standing(code, recall)
