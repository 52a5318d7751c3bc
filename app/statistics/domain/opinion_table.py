"""Indicators of opinions, in the group of satisfaction.

How QĐ 766/QĐ-TTg itself counts complaints is not in a text at hand: the rates are inferred.
"""

from typing import Final

from app.statistics.domain.indicators import Indicator, IndicatorGroup, Measurement, Text

_OWN: Final = "QĐ 766/QĐ-TTg; cách tính của hệ thống này (suy ra)"
_HAPPY: Final = IndicatorGroup.SATISFACTION
_SHARE: Final = Measurement.PERCENT

OF_OPINIONS: Final = (
    Indicator(
        "opinions", _HAPPY, Measurement.OPINIONS,
        Text("Phản ánh, kiến nghị tiếp nhận", "Opinions received"),
        Text(
            "Phản ánh, kiến nghị, khiếu nại tiếp nhận trong kỳ. Theo thủ tục, lĩnh vực, kênh thì "
            "chỉ tính ý kiến về một hồ sơ có ở đây.",
            "Reports, proposals and complaints received in the period. By procedure, sector or "
            "channel only those about a dossier that is known here.",
        ),
        _OWN, ("opinions",), is_of_opinions=True,
    ),
    Indicator(
        "complaint_rate", _HAPPY, _SHARE,
        Text("Tỷ lệ khiếu nại về giải quyết hồ sơ", "Complaints"),
        Text(
            "Khiếu nại tiếp nhận trong kỳ ÷ hồ sơ tiếp nhận trong kỳ.",
            "Complaints received in the period, of dossiers received in it.",
        ),
        _OWN, ("complaints",), ("received",), is_of_opinions=True,
    ),
    Indicator(
        "opinions_settled_rate", _HAPPY, _SHARE,
        Text("Tỷ lệ phản ánh, kiến nghị đã trả lời", "Opinions that are answered"),
        Text(
            "Ý kiến tiếp nhận trong kỳ mà đến nay đã trả lời ÷ ý kiến tiếp nhận trong kỳ.",
            "Of opinions received in the period, those that are answered by now.",
        ),
        _OWN, ("opinions_settled",), ("opinions",), is_of_opinions=True,
    ),
    Indicator(
        "opinions_in_time_rate", _HAPPY, _SHARE,
        Text("Tỷ lệ trả lời phản ánh, kiến nghị đúng hạn", "Opinions answered in time"),
        Text(
            "Ý kiến trả lời trong kỳ, không quá hạn ÷ ý kiến trả lời trong kỳ.",
            "Of opinions answered in the period, those answered within their term.",
        ),
        _OWN, ("opinions_in_time",), ("opinions_answered",), is_of_opinions=True,
    ),
    Indicator(
        "opinion_satisfaction_rate", _HAPPY, _SHARE,
        Text("Tỷ lệ hài lòng về trả lời phản ánh, kiến nghị", "Satisfied with the answer"),
        Text(
            "Trả lời trong kỳ được người gửi đánh giá 4 hoặc 5 ÷ trả lời trong kỳ có đánh giá.",
            "Of answers given in the period that their senders rated, those rated 4 or 5.",
        ),
        _OWN, ("opinions_satisfied",), ("opinions_rated",), is_of_opinions=True,
    ),
)  # fmt: skip
"""Every one there is; their figures are those of `statistics/domain/opinions.py`."""
