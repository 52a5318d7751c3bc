"""Without a receiver a sum is kept and exported, and nothing is owed."""

from tests.gateway import Api
from tests.reports.reporting import FORMS, PERIOD, accepted


def test_without_a_receiver_a_sum_is_only_recorded(province: Api) -> None:
    accepted(province)
    body = {"period": PERIOD, "agency_code": "H38", "missing_reason": "x"}
    made = province.post(f"{FORMS}/handovers", json=body).json()
    assert (made["state"], made["state_label"]) == ("recorded", "Đã lập, xuất tệp để gửi")
    assert made["values"] == province.get(f"{FORMS}/sum?period={PERIOD}").json()["values"]
