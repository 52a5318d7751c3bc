"""Every indicator that is counted of dossiers and of what people say of them.

Where the source says “đối chiếu dvcqg §3.7” the rule is the one by which the national portal reads
a record. How completely procedures are published is in `statistics/domain/publication.py`: that is
counted of the catalogue and has no months.
"""

from collections.abc import Mapping
from typing import Final

from app.statistics.domain.indicators import Indicator, IndicatorGroup, Measurement, Text
from app.statistics.domain.opinion_table import OF_OPINIONS

_RULE: Final = "QĐ 766/QĐ-TTg; cách tính: Cổng DVCQG (đối chiếu dvcqg §3.7)"
_OWN: Final = "QĐ 766/QĐ-TTg; cách tính của hệ thống này (suy ra)"
_OPEN, _PROGRESS = IndicatorGroup.TRANSPARENCY, IndicatorGroup.PROGRESS
_DIGITAL, _ONLINE = IndicatorGroup.DIGITISATION, IndicatorGroup.ONLINE
_HAPPY: Final = IndicatorGroup.SATISFACTION
_NUMBER, _SHARE = Measurement.DOSSIERS, Measurement.PERCENT

_ALL: Final = (
    Indicator(
        "received", _OPEN, _NUMBER,
        Text("Hồ sơ tiếp nhận", "Dossiers received"),
        Text(
            "Hồ sơ có ngày tiếp nhận trong kỳ; không tính hồ sơ công dân rút trước khi được "
            "tiếp nhận.",
            "Received in the period; not those withdrawn before anybody accepted them.",
        ),
        _RULE, ("received",),
    ),
    Indicator(
        "synced_rate", _OPEN, _SHARE,
        Text("Tỷ lệ đồng bộ lên Cổng DVCQG", "Known to the national portal"),
        Text(
            "Hồ sơ tiếp nhận trong kỳ đã được Cổng DVCQG nhận ít nhất một lần ÷ hồ sơ tiếp nhận.",
            "Of those received in the period, those that the portal has taken at least once.",
        ),
        _OWN, ("synced",), ("received",),
    ),
    Indicator(
        "carried_over", _PROGRESS, _NUMBER,
        Text("Hồ sơ kỳ trước chuyển sang", "Carried over into the period"),
        Text(
            "Hồ sơ tiếp nhận trước kỳ và chưa kết thúc khi kỳ bắt đầu.",
            "Received before the period and not ended when it began.",
        ),
        _OWN, ("carried_over",),
    ),
    Indicator(
        "ended", _PROGRESS, _NUMBER,
        Text("Hồ sơ đã giải quyết", "Dossiers ended"),
        Text(
            "Hồ sơ kết thúc trong kỳ: thời điểm của trạng thái kết thúc, ưu tiên 9 > 10 > 8, 3; "
            "7 nếu đã được tiếp nhận.",
            "Ended in the period, by the moment of the terminal status: 9 before 10 before 8 or 3; "
            "7 of what had been accepted.",
        ),
        _RULE, ("ended",),
    ),
    Indicator(
        "early", _PROGRESS, _NUMBER,
        Text("Giải quyết trước hạn", "Ended early"),
        Text(
            "Kết thúc trong kỳ, vào một ngày trước ngày hẹn trả.",
            "Ended in the period on a day before the day it was due.",
        ),
        _OWN, ("early",),
    ),
    Indicator(
        "on_time", _PROGRESS, _NUMBER,
        Text("Giải quyết đúng hạn", "Ended on time"),
        Text(
            "Kết thúc trong kỳ, trong ngày hẹn trả và không quá giờ hẹn; hoặc không có hạn.",
            "Ended in the period on the day it was due and not behind it, or without a limit.",
        ),
        _RULE, ("on_time",),
    ),
    Indicator(
        "late", _PROGRESS, _NUMBER,
        Text("Giải quyết quá hạn", "Ended late"),
        Text(
            "Kết thúc trong kỳ sau hạn. Hạn là ngày hẹn trả, lùi bằng thời gian chờ bổ sung chưa "
            "tính vào đó; không có ngày hẹn thì là thời hạn tối đa của thủ tục.",
            "Ended in the period behind the limit: the due date put off by waits for papers that "
            "it does not hold yet; without one, the procedure's longest time.",
        ),
        _RULE, ("late",),
    ),
    Indicator(
        "on_time_rate", _PROGRESS, _SHARE,
        Text("Tỷ lệ giải quyết trước và đúng hạn", "Early or on time"),
        Text(
            "(Trước hạn + đúng hạn) ÷ hồ sơ đã giải quyết.",
            "Those early or on time of those ended in the period.",
        ),
        _RULE, ("early", "on_time"), ("ended",),
    ),
    Indicator(
        "in_progress", _PROGRESS, _NUMBER,
        Text("Hồ sơ đang giải quyết", "Dossiers in progress"),
        Text(
            "Hồ sơ được tính mà lúc này chưa kết thúc.", "Counted and not ended at this moment."
        ),
        _RULE, ("in_progress",),
    ),
    Indicator(
        "in_progress_within", _PROGRESS, _NUMBER,
        Text("Đang giải quyết, trong hạn", "In progress within the limit"),
        Text(
            "Đang giải quyết mà chưa quá hạn, hoặc không có hạn.",
            "In progress and not behind the limit, or without one.",
        ),
        _RULE, ("in_progress_within",),
    ),
    Indicator(
        "in_progress_past", _PROGRESS, _NUMBER,
        Text("Đang giải quyết, quá hạn", "In progress past the limit"),
        Text(
            "Đang giải quyết mà đã quá hạn; đang chờ bổ sung lần đầu thì xét tại lúc yêu cầu; "
            "yêu cầu bổ sung hơn một lần mà chưa xong là quá hạn.",
            "In progress behind the limit. Papers asked for once: judged by that moment; more than "
            "once and not ended: past it.",
        ),
        _RULE, ("in_progress_past",),
    ),
    Indicator(
        "past_rate", _PROGRESS, _SHARE,
        Text("Tỷ lệ đang giải quyết quá hạn", "Past the limit of those in progress"),
        Text(
            "Đang giải quyết quá hạn ÷ đang giải quyết.",
            "Those past the limit of those in progress.",
        ),
        _OWN, ("in_progress_past",), ("in_progress",),
    ),
    Indicator(
        "rejected", _PROGRESS, _NUMBER,
        Text("Hồ sơ không được tiếp nhận", "Dossiers rejected"),
        Text("Kết thúc trong kỳ bởi trạng thái 3.", "Ended in the period by status 3."),
        _RULE, ("rejected",),
    ),
    Indicator(
        "stopped", _PROGRESS, _NUMBER,
        Text("Hồ sơ dừng xử lý", "Dossiers stopped"),
        Text("Kết thúc trong kỳ bởi trạng thái 8.", "Ended in the period by status 8."),
        _RULE, ("stopped",),
    ),
    Indicator(
        "withdrawn", _PROGRESS, _NUMBER,
        Text("Hồ sơ công dân rút", "Dossiers withdrawn"),
        Text(
            "Kết thúc trong kỳ bởi trạng thái 7, sau khi đã được tiếp nhận.",
            "Ended in the period by status 7, having been accepted.",
        ),
        _RULE, ("withdrawn",),
    ),
    Indicator(
        "extended", _PROGRESS, _NUMBER,
        Text("Hồ sơ phải xin lỗi, hẹn lại", "Put off with an apology"),
        Text(
            "Kết thúc trong kỳ và từng được hẹn lại.",
            "Ended in the period, having been put off.",
        ),
        _OWN, ("extended",),
    ),
    Indicator(
        "average_time", _PROGRESS, Measurement.WORKING_HOURS,
        Text("Thời gian giải quyết trung bình", "Average time"),
        Text(
            "Thời gian làm việc từ tiếp nhận đến 9 hoặc 10, trừ thời gian chờ bổ sung, chia cho số "
            "hồ sơ có kết quả trong kỳ. Theo thủ tục thì kèm giá trị theo đơn vị của thủ tục.",
            "Working time from reception to 9 or 10 without waits for papers, of those with a "
            "result in the period. By procedure it is given in the procedure's unit too.",
        ),
        _RULE, ("worked",), ("finished",), drills_below=True,
    ),
    Indicator(
        "digitised_rate", _DIGITAL, _SHARE,
        Text("Tỷ lệ số hóa hồ sơ, kết quả", "Digitised"),
        Text(
            "Hồ sơ có ít nhất một tệp trong thành phần và một tệp trong kết quả ÷ hồ sơ có kết quả "
            "trong kỳ.",
            "With a file in its components and one in its results, of those with a result.",
        ),
        _RULE, ("digitised",), ("finished",),
    ),
    Indicator(
        "electronic_rate", _DIGITAL, _SHARE,
        Text("Tỷ lệ cấp kết quả điện tử", "With an electronic result"),
        Text(
            "Hồ sơ có kết quả mang cả mã và đường dẫn ÷ hồ sơ có kết quả trong kỳ.",
            "With a result that has code and link, of those with a result.",
        ),
        _RULE, ("electronic",), ("finished",),
    ),
    Indicator(
        "reused_rate", _DIGITAL, _SHARE,
        Text("Tỷ lệ khai thác, sử dụng lại", "With reused papers"),
        Text(
            "Hồ sơ có thành phần số hóa (HoSoCoThanhPhanSoHoa = 1) ÷ hồ sơ tiếp nhận.",
            "With a digitised component, of those received.",
        ),
        _RULE, ("reused",), ("received",),
    ),
    Indicator(
        "personal_store_rate", _DIGITAL, _SHARE,
        Text("Tỷ lệ dùng kho dữ liệu cá nhân", "With papers of the personal store"),
        Text(
            "Hồ sơ có giấy tờ lấy từ kho (DuocLayTuKhoDMQG = 1) ÷ hồ sơ tiếp nhận.",
            "With a paper of the owner's national store, of those received.",
        ),
        _RULE, ("personal_store",), ("received",),
    ),
    Indicator(
        "population_rate", _DIGITAL, _SHARE,
        Text("Tỷ lệ dùng CSDL quốc gia về dân cư", "With population data"),
        Text(
            "Hồ sơ có tài khoản xác thực VNeID, giấy tờ từ kho, hoặc MaCSDL ÷ hồ sơ tiếp nhận.",
            "With an account of VNeID, a paper of the store, or MaCSDL, of those received.",
        ),
        _RULE, ("population",), ("received",),
    ),
    Indicator(
        "business_rate", _DIGITAL, _SHARE,
        Text("Tỷ lệ dùng dữ liệu doanh nghiệp", "With business data"),
        Text(
            "Hồ sơ đã tra cứu được CSDL quốc gia về đăng ký doanh nghiệp tại đây ÷ hồ sơ tiếp "
            "nhận.",
            "With a look-up of the business register made here that found something, of those "
            "received.",
        ),
        _OWN, ("business",), ("received",),
    ),
    Indicator(
        "online_received_rate", _ONLINE, _SHARE,
        Text("Tỷ lệ hồ sơ nộp trực tuyến", "Filed online"),
        Text(
            "Hồ sơ kênh 2 ÷ hồ sơ tiếp nhận.", "Of channel 2, of those received."
        ),
        _RULE, ("received_online",), ("received",),
    ),
    Indicator(
        "online_full_rate", _ONLINE, _SHARE,
        Text("Tỷ lệ hồ sơ trực tuyến có kết quả điện tử", "Online from filing to result"),
        Text(
            "Hồ sơ kênh 2 có kết quả mang mã và đường dẫn, nếu thủ tục có giấy tờ kết quả ÷ hồ sơ "
            "có kết quả trong kỳ.",
            "Filed online, with an electronic result where the procedure yields a paper, of those "
            "with a result.",
        ),
        _RULE, ("online_full",), ("finished",),
    ),
    Indicator(
        "paid_online_rate", _ONLINE, _SHARE,
        Text("Tỷ lệ thanh toán trực tuyến", "Paid online"),
        Text(
            "Hồ sơ kết thúc trong kỳ trả phí trực tuyến (1, 2) ÷ hồ sơ kết thúc có phí khác 0.",
            "Paid online, of those ended in the period with a fee that is not 0.",
        ),
        _RULE, ("paid_online",), ("payable",),
    ),
    Indicator(
        "satisfaction_rate", _HAPPY, _SHARE,
        Text("Tỷ lệ hài lòng", "Satisfied"),
        Text("Đánh giá 4 hoặc 5 ÷ số đánh giá trong kỳ.", "Ratings of 4 or 5, of all ratings."),
        _OWN, ("satisfied",), ("rated",),
    ),
    Indicator(
        "dissatisfaction_rate", _HAPPY, _SHARE,
        Text("Tỷ lệ không hài lòng", "Not satisfied"),
        Text("Đánh giá 1 hoặc 2 ÷ số đánh giá trong kỳ.", "Ratings of 1 or 2, of all ratings."),
        _OWN, ("dissatisfied",), ("rated",),
    ),
    Indicator(
        "average_score", _HAPPY, Measurement.SCORE,
        Text("Điểm đánh giá trung bình", "Average rating"),
        Text("Tổng điểm ÷ số đánh giá trong kỳ.", "The mean of the ratings in the period."),
        _OWN, ("score",), ("rated",), drills_below=True,
    ),
    Indicator(
        "rated_rate", _HAPPY, _SHARE,
        Text("Tỷ lệ hồ sơ có đánh giá", "How many are rated"),
        Text(
            "Số đánh giá trong kỳ ÷ hồ sơ đã giải quyết trong kỳ.",
            "Ratings given in the period, of dossiers ended in it.",
        ),
        _OWN, ("rated",), ("ended",),
    ),
)  # fmt: skip

INDICATORS: Final[Mapping[str, Indicator]] = {one.key: one for one in (*_ALL, *OF_OPINIONS)}
"""Every indicator by its key, in the order of the groups."""
