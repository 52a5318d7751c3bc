"""The client of the national portal before a scripted server, and the answers it may get."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from typing import Any

from pydantic import SecretStr

from app.exchange.dvcqg.address import DvcqgAddress
from app.exchange.dvcqg.client import DvcqgClient
from app.exchange.dvcqg.portal import DvcqgAccount
from app.exchange.transport import build_client
from tests.exchange.loopback import Server, Step, answer, scripted

ACCOUNT = DvcqgAccount("tinh-vi-du", SecretStr("mat-khau-thu"), "H38")
DSTCODE = "VN:GOV:000.00.00.X00:vidu"

login = answer(body={"error_code": 0, "message": "Thành công", "session": "phien-1"})
again = answer(body={"error_code": "0", "message": "Thành công", "session": "phien-2"})
done = answer(body={"error_code": 0, "message": "Thành công"})
nothing = answer(body={"error_code": 0, "result": []})
something = answer(body={"error_code": "0", "result": [{"MaHoSo": "H38.12-261102-0007"}]})
expired = answer(body={"error_code": -2, "message": "Phiên làm việc đã hết hạn"})


def told(code: int | str, message: str) -> Step:
    return answer(body={"error_code": code, "message": message})


exists = told(3, "Hồ sơ đã tồn tại")
terminal = told(-1, "Hồ sơ không thể cập nhật lên trạng thái Đang xử lý")


@asynccontextmanager
async def portal(
    *steps: Step, server: Server | None = None, deadline: float = 5, **address: Any
) -> AsyncIterator[tuple[DvcqgClient, Server]]:
    base = address.pop("base", "")
    async with (
        scripted(steps, server) as running,
        build_client(timeout=timedelta(seconds=5)) as http,
    ):
        yield (
            DvcqgClient(
                http,
                address=DvcqgAddress(running.url + base, **address),
                account=ACCOUNT,
                script_deadline=timedelta(seconds=deadline),
            ),
            running,
        )
