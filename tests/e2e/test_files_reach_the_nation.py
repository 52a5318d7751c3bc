"""A file is uploaded, named by a dossier, pushed as a link, and fetched by the portal itself."""

from collections.abc import Iterator
from contextlib import closing
from typing import Any

import httpx
import pytest

from app.cli.demo.hop import await_that
from tests.builders import a_dossier
from tests.conftest import Tell
from tests.e2e.stage import MakeStage, Stage
from tests.e2e.test_large_documents import MIB, File, Watch
from tests.uploads import a_paper

PATIENCE = 60.0
AT_ONCE = "0.0000001"
"""Hours that are over before anybody comes."""


class OneStop:
    """A one-stop system of the province, and a look at what the portal has."""

    def __init__(self, stage: Stage) -> None:
        token = {"Authorization": f"Bearer {stage.token()}"}
        self.http = httpx.Client(
            base_url=stage.province.url, headers=token, timeout=PATIENCE, trust_env=False
        )
        self.nation = httpx.Client(base_url=stage.nation.url, timeout=PATIENCE, trust_env=False)

    def close(self) -> None:
        self.http.close()
        self.nation.close()

    def upload(self, file: File) -> dict[str, Any]:
        def form() -> Iterator[bytes]:
            yield b"--b\r\nContent-Disposition: form-data; name=file; filename=a.pdf\r\n\r\n"
            for piece in file.pieces():
                yield piece.replace(b"%PDF", b"%PDF-", 1) if piece.startswith(b"%PDF") else piece
            yield b"\r\n--b--\r\n"

        headers = {
            "Content-Type": "multipart/form-data; boundary=b",
            "Idempotency-Key": f"f{file.number}",
        }
        answer = self.http.post("/v1/files", content=form(), headers=headers)
        assert answer.status_code == 201, answer.text
        return dict(answer.json())

    def submit(self, file_id: str) -> str:
        body = a_dossier(attachments=[a_paper(file_id)])
        headers = {"Idempotency-Key": file_id}
        answer = self.http.post("/v1/dossiers", json=body, headers=headers)
        assert answer.status_code == 201, answer.text
        return str(answer.json()["code"])

    def delivered(self, code: str) -> dict[str, Any]:
        def look() -> dict[str, Any] | None:
            dossier: dict[str, Any] = self.http.get(f"/v1/dossiers/{code}").json()
            return dossier if dossier["national"]["state"] == "delivered" else None

        return await_that(look, within=PATIENCE, what="the delivered dossier")

    def fetched(self, code: str) -> dict[str, Any]:
        """Return what the portal says of the one file, once it has done with it."""
        address = f"/_axis/v1/dossiers/{code}/files"
        (row,) = self.nation.get(address, params={"wait": PATIENCE}).json()
        return dict(row)

    def unfetched(self, code: str) -> list[str]:
        shown = self.http.get(f"/v1/dossiers/{code}").json()["findings"]
        return [one["pointer"] for one in shown if one["name"] == "file-not-fetched"]


def test_the_portal_has_the_bytes_that_were_uploaded_and_little_memory_is_needed(
    make_stage: MakeStage, request: pytest.FixtureRequest, tell: Tell
) -> None:
    size = request.config.getoption("--mib") * MIB
    stage = make_stage(max_file_bytes=str(size + MIB))
    with closing(OneStop(stage)) as system:
        carry(system, File(1, 4 * MIB))
        watch = Watch(stage.processes)
        with watch.watching():
            file = carry(system, File(2, size))
        assert file["size"] > size - MIB
    tell(f"a file of {size // MIB} MiB up and down: growth in MiB {watch.growth}")
    assert max(watch.growth.values()) <= 32


def carry(system: OneStop, file: File) -> dict[str, Any]:
    """Upload a file and see the portal fetch it whole."""
    uploaded = system.upload(file)
    code = system.submit(uploaded["id"])
    system.delivered(code)
    row = system.fetched(code)
    assert (row["state"], row["problem"]) == ("fetched", None)
    assert (row["sha256"], row["size"]) == (uploaded["sha256"], uploaded["size"])

    def look() -> dict[str, Any] | None:
        shown: dict[str, Any] = system.http.get(f"/v1/files/{uploaded['id']}").json()
        return shown if shown["fetched_at"] is not None else None

    await_that(look, within=PATIENCE, what="the note that the portal has the file")
    assert system.unfetched(code) == []
    return uploaded


def test_a_link_that_ended_is_refused_and_the_file_is_a_finding(make_stage: MakeStage) -> None:
    stage = make_stage(file_link_hours=AT_ONCE, file_fetch_hours=AT_ONCE)
    with closing(OneStop(stage)) as system:
        code = system.submit(system.upload(File(1, MIB))["id"])
        system.delivered(code)
        row = system.fetched(code)
        assert (row["state"], row["http_status"], row["sha256"]) == ("failed", 410, None)
        assert system.unfetched(code) == ["/attachments/0"]
