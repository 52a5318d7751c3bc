"""Packages for the agency's own archive, and the command that checks them."""

import json
import subprocess
import sys
import zipfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from app.cli.verifying import check
from tests.builders import evidence_of
from tests.documents.axis import Connected
from tests.documents.packets import Refusal, a_packet, report, sent
from tests.gateway import Api, Gateway

ROOT = Path(__file__).resolve().parents[2]


def packaged(api: Api, document: str) -> bytes:
    answer = api.get(f"/v1/documents/{document}/archive-package")
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/zip"
    return answer.content


def opened(raw: bytes) -> zipfile.ZipFile:
    return zipfile.ZipFile(BytesIO(raw))


@pytest.fixture
def finished(sender: Api, commune: Api) -> str:
    document = str(sent(sender, a_packet("H38.61"))["id"])
    for code in ("03", "06"):
        assert report(commune, document, code).status_code == 201
    return document


def test_a_package_holds_all_that_is_known(sender: Api, finished: str) -> None:
    package = opened(packaged(sender, finished))
    assert package.testzip() is None
    assert package.namelist() == [
        "manifest.json", "manifest.jws", "document.json", "timeline.json", "receipt.json",
        "signatures.json", "jwks.json", "packet.edxml", "files/001-ghi-chu.txt",
        "files/002-42-SKTDL-VP.pdf",
    ]  # fmt: skip
    assert package.read("packet.edxml") == a_packet("H38.61")
    told = json.loads(package.read("document.json"))["recipients"][0]
    assert [one["code"] for one in told["statuses"]] == ["01", "03", "06"]


def test_a_package_is_whole_and_signed(
    knowing: Gateway, sender: Api, commune: Api, finished: str
) -> None:
    keys = knowing.http.get("/.well-known/jwks.json").json()
    for api in (sender, commune):
        package = opened(packaged(api, finished))
        assert check(package)["faults"] == check(package, keys)["faults"] == []
        assert check(package)["document"] == finished
    acts = [entry.act for entry in evidence_of(knowing, f"document:{finished}")]
    assert acts.count("document.archive") == 2


def test_the_packets_that_told_statuses_are_in_it(
    home: Connected, away: Connected, sender: Api
) -> None:
    sent(sender, a_packet("000.00.71.H53"))
    home.relay()
    away.receive()
    there = away.gateway.client("H53.71")
    document = there.get("/v1/documents/inbox").json()["items"][0]["id"]
    for code in ("03", "06"):
        report(there, document, code)
    package = opened(packaged(there, document))
    told = [name for name in package.namelist() if name.startswith("statuses/")]
    assert [name.rpartition("-")[2] for name in told] == ["01.edxml", "03.edxml", "06.edxml"]
    assert b"<edXML:StatusCode>06<" in package.read(told[-1])
    assert check(package)["faults"] == []


def test_what_is_not_finished_or_was_taken_back_is_refused(
    sender: Api, commune: Api, stranger: Api
) -> None:
    document = sent(sender, a_packet("H38.61"))["id"]
    path = f"/v1/documents/{document}/archive-package"
    assert Refusal.of(stranger.get(path)).slug == "unknown-document"
    assert Refusal.of(sender.get(path)).slug == "unfinished-document"
    report(sender, document, "13", reason="Nhầm")
    report(commune, document, "15")
    assert Refusal.of(commune.get(path)).slug == "unfinished-document"
    assert check(opened(packaged(sender, document)))["faults"] == []


def rewritten(raw: bytes, change: Callable[[dict[str, bytes]], object]) -> zipfile.ZipFile:
    """Return the package after somebody changed its entries."""
    package = opened(raw)
    entries = {name: package.read(name) for name in package.namelist()}
    change(entries)
    made = BytesIO()
    with zipfile.ZipFile(made, "w") as changed:
        for name, content in entries.items():
            changed.writestr(name, content)
    return opened(made.getvalue())


def _forge(entries: dict[str, bytes]) -> None:
    manifest = json.loads(entries["manifest.json"])
    entries["timeline.json"] = b"{}"
    for one in manifest["entries"]:
        if one["path"] == "timeline.json":
            digest = "44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a"
            one |= {"sha256": digest, "size": 2}
    entries["manifest.json"] = json.dumps(manifest).encode()


@pytest.mark.parametrize(
    ("change", "fault"),
    [
        (lambda entries: entries.update({"packet.edxml": b"x"}), "packet.edxml: is not what"),
        (lambda entries: entries.pop("receipt.json"), "receipt.json: is missing"),
        (lambda entries: entries.update({"more.txt": b"x"}), "more.txt: is not in the manifest"),
        (_forge, "the signature is not that of the keys"),
        (lambda entries: entries.update({"manifest.jws": b"a.b.c"}), "the signature is not"),
    ],
)
def test_every_change_is_seen(
    sender: Api, finished: str, change: Callable[[dict[str, bytes]], object], fault: str
) -> None:
    found = check(rewritten(packaged(sender, finished), change))["faults"]
    assert len(found) == 1
    assert found[0].startswith(fault)


def test_the_command_tells_good_from_bad(
    knowing: Gateway, sender: Api, finished: str, tmp_path: Path
) -> None:
    good, bad, keys = tmp_path / "good.zip", tmp_path / "bad.zip", tmp_path / "jwks.json"
    raw = packaged(sender, finished)
    good.write_bytes(raw)
    bad.write_bytes(raw[: len(raw) // 2])
    keys.write_bytes(knowing.http.get("/.well-known/jwks.json").content)

    def run(*words: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "app.cli", "verify-package", *words]
        return subprocess.run(  # noqa: S603 -- our own program
            command, capture_output=True, text=True, cwd=ROOT, check=False
        )

    done = run(str(good), "--keys", str(keys), "--json")
    said: dict[str, Any] = json.loads(done.stdout)
    assert (done.returncode, said["faults"], said["keys"]) == (0, [], "kept")
    keys.write_text('{"keys": []}', encoding="utf-8")
    assert run(str(good), "--keys", str(keys)).returncode == 1
    for words in ([str(bad)], [str(tmp_path / "none.zip")]):
        refused = run(*words)
        assert refused.returncode == 1
        assert refused.stderr.startswith("lgsp: ")
        assert "Traceback" not in refused.stderr
