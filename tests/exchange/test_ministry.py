"""The reader of a ministry's system: its envelope, its bearer, and what it does not give."""

from datetime import date, timedelta
from pathlib import Path

import pytest
from pydantic import SecretStr

from app.exchange.dvcqg.address import DvcqgAddress
from app.exchange.dvcqg.connecting import ministry_of
from app.exchange.dvcqg.reading import PortalUnavailableError
from app.exchange.dvcqg.wire import ListMinistryDossiers
from app.exchange.transport import build_client
from app.platform.settings import SecretFileError, Settings
from mock_ngsp.dvcqg.ministry import HoSoBoCoTep
from mock_ngsp.universe import Universe
from tests.contract.judges import message
from tests.exchange.ministry import reader_of
from tests.exchange.nation import bodies, client_of

pytestmark = pytest.mark.anyio
CODE = "G11.38-261102-000001"
DAYS = (date(2026, 11, 1), date(2026, 11, 7))


async def test_a_dossier_is_listed_looked_up_and_its_file_fetched() -> None:
    universe = Universe()
    (row,) = message("ministry_danh_sach_ho_so_answer.json").json()["data"]
    files = [{"TenTaiLieu": "don.pdf", "Base64": "JVBERi0xLjQKbWF1"}]
    universe.ministry.put(HoSoBoCoTep.model_validate({"row": row, "files": files}))
    reader = reader_of(universe)
    (listed,) = await reader.list_dossiers("H38", *DAYS)
    assert (listed.code, listed.unit_code, listed.files) == (CODE, "H38.12", ())
    found = await reader.look_up(CODE)
    assert found is not None
    (named,) = found.files
    given = await reader.fetch(named.path)
    assert given is not None
    assert (given.name, given.content) == ("don.pdf", "JVBERi0xLjQKbWF1")
    assert await reader.look_up("G11.38-261102-000009") is None
    assert await reader.fetch("/x") is None
    asked = bodies(universe)[0]
    assert (asked["ngayNhan1"], asked["ngayNhan2"]) == ("2026-11-01", "2026-11-07")


async def test_a_refusal_is_no_empty_list() -> None:
    with pytest.raises(PortalUnavailableError):
        await client_of(Universe()).read(
            ListMinistryDossiers(unit="H38", first=DAYS[0], last=DAYS[1])
        )


def test_a_gateway_in_front_gets_its_own_bearer() -> None:
    address = DvcqgAddress("http://m.test/tcdbdvcdata", "X", bearer=SecretStr("khoa"))
    assert address.headers == {"dstcode": "X", "Authorization": "Bearer khoa"}
    assert address.service_url == "http://m.test/tcdbdvcdata/mapi/g"


async def test_it_is_connected_as_soon_as_all_of_it_is_set(tmp_path: Path) -> None:
    (tmp_path / "password").write_text("mat-khau")
    (tmp_path / "empty").write_text("")
    given = {"ministry_url": "http://m.test", "ministry_username": "tinh"}
    async with build_client(timeout=timedelta(seconds=1)) as http:
        assert ministry_of(Settings(), http) is None
        assert ministry_of(Settings.model_validate(given), http) is None
        whole = given | {"ministry_password_file": tmp_path / "password"}
        assert ministry_of(Settings.model_validate(whole), http) is not None
        with pytest.raises(SecretFileError):
            ministry_of(
                Settings.model_validate(whole | {"ministry_bearer_file": tmp_path / "empty"}), http
            )
