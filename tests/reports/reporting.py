"""Reports as units and their province act on them."""

from typing import Any

import httpx

from app.reports.schemas.reports import EXAMPLE
from tests.gateway import Api

FORM = "tthc-thang"
FORMS = f"/v1/report-forms/{FORM}"
PERIOD = "2026-10"
COUNTS: dict[str, Any] = {
    "pre_existing": 30,
    "new_reception": 120,
    "total": 150,
    "solved_in_time": 104,
    "solved_late": 6,
    "total_solved": 110,
    "pending": 37,
    "pending_late": 3,
    "total_pending": 40,
}
"""Figures that add up; the gateway itself counted nothing."""

WHY = dict.fromkeys(COUNTS, "Hồ sơ của hệ thống cũ chưa kết nối.")


def begin(api: Api, agency: str = "H38.11", period: str = PERIOD, **values: Any) -> httpx.Response:
    body = EXAMPLE | {"agency_code": agency, "period": period}
    return api.post("/v1/reports", json=body | {"values": COUNTS | values, "explanations": WHY})


def begun(api: Api, agency: str = "H38.11", period: str = PERIOD, **values: Any) -> str:
    answer = begin(api, agency, period, **values)
    assert answer.status_code == 201, answer.text
    return str(answer.json()["id"])


def act(api: Api, report: str, name: str, **body: Any) -> httpx.Response:
    return api.post(f"/v1/reports/{report}/{name}", json=body)


def done(api: Api, report: str, name: str, **body: Any) -> dict[str, Any]:
    answer = act(api, report, name, **body)
    assert answer.status_code == 201, answer.text
    found: dict[str, Any] = answer.json()
    return found


def accepted(api: Api, agency: str = "H38.11", period: str = PERIOD, **values: Any) -> str:
    """Return a report that was begun, submitted and accepted."""
    report = begun(api, agency, period, **values)
    done(api, report, "submission")
    done(api, report, "acceptance")
    return report


def show(api: Api, report: str) -> dict[str, Any]:
    found: dict[str, Any] = api.get(f"/v1/reports/{report}").json()
    return found


def places(answer: httpx.Response) -> set[str]:
    """Return the places that a refusal names."""
    return {one["pointer"] for one in answer.json()["errors"]}


def slug(answer: httpx.Response) -> str:
    return str(answer.json()["type"].removeprefix("/problems/"))
