"""Each typed look-up × each outcome: status, problem and wording, and what is written down."""

from typing import Any

import pytest

from app.lookups.domain.asking import Service
from mock_ngsp.ngsp.magic import Outcome
from tests.builders import a_dossier
from tests.gateway import Api
from tests.lookups.matrix import ROWS, STATUS, Row
from tests.lookups.nation import Nation

_WORDS = {
    Outcome.REFUSED: ("từ chối trả lời", "refuses to answer"),
    Outcome.MALFORMED: ("trả lời sai quy cách", "answers unreadably"),
    Outcome.SLOW: ("trả lời quá chậm", "is too slow"),
    Outcome.DOWN: ("đang mất kết nối", "cannot be reached"),
}


@pytest.mark.parametrize("outcome", Outcome)
@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.id)
def test_a_look_up_meets_each_outcome(
    nation: Nation, province: Api, row: Row, outcome: Outcome
) -> None:
    nation.connect(**row.settings)
    value = row.value(outcome)
    if row.of_dossier:
        assert province.post("/v1/dossiers", json=a_dossier(code=value)).status_code == 201
    answer = province.post(row.address, json=row.body(value))
    status, word = STATUS[outcome]
    assert answer.status_code == status, answer.text
    said = answer.json()
    if status == 200:
        assert said["outcome"] == word
        assert row.found(said) if outcome is Outcome.FOUND else _is_empty(said)
    else:
        _judge(said, row, outcome)
    (line,) = province.get("/v1/lookups").json()["items"]
    assert (line["service"], line["outcome"]) == (row.service, word)
    assert line["answered_at"] is not None


def _is_empty(said: dict[str, Any]) -> bool:
    """Tell whether an answer has nothing beside its outcome."""
    outcome = {"lookup_id", "outcome", "outcome_label"}
    return not any(value for name, value in said.items() if name not in outcome)


def _judge(said: dict[str, Any], row: Row, outcome: Outcome) -> None:
    service = Service(row.service)
    words, words_en = _WORDS[outcome]
    assert said["type"] == f"/problems/{row.service}-{outcome.value}"
    assert said["title"] == f"{service.label} {words}"
    assert said["title_en"].casefold() == f"{service.label_en} {words_en}".casefold()
    assert said["detail"].startswith(said["title"])
    assert said["service"] == row.service
