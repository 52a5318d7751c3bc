"""Random histories: walks over statuses in time, and all that a record may say besides."""

from hypothesis import strategies as st

from tests.statistics.stories import AGENCIES, CHANNELS, PROCEDURES, Due, Row, Story

_WALKS = (1, 2, 2, 3, 4, 4, 4, 5, 5, 6, 7, 8, 9, 9, 9, 10)
_IDLE = ("extend", "rate", "follow", "payment")
_PAPERS = (("KQ.H38.000001", "https://x.vn/kq"), ("", "https://x.vn/kq"), ("KQ.H38.000001", ""))
_TOLD = (
    ("TaiKhoanDuocXacThucVoiVNeID", "1"),
    ("DSKetNoiCSDL", "7"),
    ("DuocLayTuKhoDMQG", "1"),
    ("HoSoCoThanhPhanSoHoa", "1"),
    ("HoSoCoThanhPhanSoHoa", "0"),
    ("DuocThanhToanTrucTuyen", "2"),
    ("DuocThanhToanTrucTuyen", "3"),
)


@st.composite
def _rows(draw: st.DrawFn) -> tuple[Row, ...]:
    """A walk over statuses in time; some rows are told late, some leave the dossier in place."""
    at, found, status = 0, [], 2
    for _ in range(draw(st.integers(0, 7))):
        at += draw(st.integers(0, 200))
        late = draw(st.sampled_from((0, 0, 0, 0, 150)))
        idle = draw(st.sampled_from(("", "", "", "", "", *_IDLE)))
        if not idle:
            status = draw(st.sampled_from(_WALKS))
        found.append(Row(status, max(0, at - late), idle))
    return tuple(found)


def _maybe(strategy: st.SearchStrategy[int]) -> st.SearchStrategy[int | None]:
    return st.one_of(st.none(), strategy)


_dues = st.lists(st.builds(Due, st.integers(0, 700), st.integers(0, 400)), max_size=3)
stories = st.builds(
    Story,
    agency=st.sampled_from(AGENCIES),
    procedure=st.sampled_from(PROCEDURES),
    channel=st.sampled_from(tuple(CHANNELS)),
    received=st.integers(0, 2500),
    rows=_rows(),
    dues=_dues.map(tuple),
    status=st.sampled_from((None, None, None, None, *range(1, 11))),
    said=st.tuples(*(_maybe(st.integers(0, 900)) for _ in range(3))),
    files=st.integers(0, 2),
    digitised=st.booleans(),
    told=st.lists(st.sampled_from(_TOLD), max_size=2, unique_by=lambda one: one[0]).map(tuple),
    results=st.lists(st.sampled_from(_PAPERS), max_size=2).map(tuple),
    fees=st.lists(st.sampled_from((0, 0, 20_000)), max_size=2).map(tuple),
    paid=st.sampled_from(("", "", "cash", "national_portal", "province_gateway")),
    vneid=st.booleans(),
    apology=st.booleans(),
    rating=st.one_of(st.none(), st.tuples(st.integers(1, 5), st.integers(0, 900))),
    is_delivered=st.booleans(),
    looked_up=st.lists(st.sampled_from(("enterprises", "population", "postal")), max_size=2).map(
        tuple
    ),
)
