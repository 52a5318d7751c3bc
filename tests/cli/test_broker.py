"""`lgsp broker …` as an administrator runs it."""

import json
from pathlib import Path
from typing import Any

from app.broker.schemas.documents.examples import JSON_EXAMPLE, XML_EXAMPLE
from tests.broker.shared import a_service
from tests.cli.shell import Shell


def _file(folder: Path, name: str, content: Any) -> str:
    file = folder / name
    file.write_text(content if isinstance(content, str) else json.dumps(content))
    return str(file)


def _states(shell: Shell) -> dict[str, str]:
    return {row["service"]: row["state"] for row in shell.json("broker", "list")}


def test_services_are_imported_described_and_retired(
    process: Shell, shell: Shell, tmp_path: Path
) -> None:
    assert process.json("broker", "import") == {"new": 3, "known": 0}
    assert shell.json("broker", "import") == {"new": 0, "known": 3}
    wsdl = _file(tmp_path, "notary.wsdl", XML_EXAMPLE)
    assert shell.ok("broker", "describe", "notary", "1.0", wsdl).split() == ["1", "operations"]
    assert "retired" in shell.ok("broker", "retire", "notary", "1.0")
    draft, over = "draft", "retired"
    wanted = {"legal-documents/1.0": draft, "land/1.0": draft, "notary/1.0": over}
    assert _states(shell) == wanted


def test_a_changed_document_tells_what_breaks(shell: Shell, tmp_path: Path) -> None:
    more = a_service(code="maps", context="apiBanDo", operations=[])
    services = _file(tmp_path, "services.json", {"services": [more]})
    assert shell.json("broker", "import", services) == {"new": 1, "known": 0}
    first = _file(tmp_path, "first.json", JSON_EXAMPLE)
    shell.ok("broker", "describe", "maps", "1.0", first)
    shell.ok("broker", "publish", "maps", "1.0")
    other = JSON_EXAMPLE | {"paths": {"/khac": {"get": {"responses": {"200": {}}}}}}
    second = _file(tmp_path, "second.json", other)
    refused = shell.run("broker", "describe", "maps", "1.0", second)
    assert refused.returncode == 1
    assert "GET /thuaDat/{id}: the operation is gone" in refused.stderr
    taken = shell.json("broker", "describe", "maps", "1.0", second, "--breaking")
    assert [one["kind"] for one in taken["changes"]] == ["breaking", "new"]
    assert taken["operations"] == ["GET /khac"]


def test_what_is_wrong_is_named_and_nothing_is_registered(shell: Shell, tmp_path: Path) -> None:
    good, bad = a_service(code="good", context="apiTot"), a_service(code="bad", context="v1")
    file = _file(tmp_path, "services.json", {"services": [good, bad]})
    done = shell.run("broker", "import", file)
    assert (done.returncode, "/context" in done.stderr) == (1, True)
    assert "good/1.0" not in _states(shell)
    inside = {"url": "http://10.20.0.1/api"}
    file = _file(tmp_path, "services.json", {"services": [good | {"upstreams": [inside]}]})
    assert "not-public" in shell.run("broker", "import", file).stderr
    allowed = shell.run("broker", "import", file, LGSP_UPSTREAM_NETWORKS='["10.20.0.0/16"]')
    assert (allowed.returncode, allowed.stderr) == (0, "")


def test_grants_and_late_requests_are_listed(shell: Shell) -> None:
    assert shell.json("broker", "grants") == []
    assert shell.json("broker", "late") == []
    done = shell.run("broker", "revoke", "none", "--reason", "?")
    assert (done.returncode, "No grant" in done.stderr) == (1, True)


def test_addresses_are_listed_as_they_are_called(shell: Shell, tmp_path: Path) -> None:
    places = [
        {"url": "https://truc.example.vn", "via": "ngsp", "credential": "nation"},
        {"url": "https://tinh.example.vn", "order": 3},
        {"url": "https://thang.example.vn", "via": "direct"},
    ]
    one = a_service(code="roads", context="apiDuong", upstreams=places, credential="province")
    shell.ok("broker", "import", _file(tmp_path, "services.json", {"services": [one]}))
    listed = shell.json("broker", "upstreams")
    mine = [row for row in listed if row["service"] == "roads/1.0"]
    assert [(row["via"], row["order"], row["credential"], row["url"]) for row in mine] == [
        ("lgsp", 3, "province", "https://tinh.example.vn"),
        ("ngsp", 0, "nation", "https://truc.example.vn"),
    ]
    routes = {row["service"]: row["route"] for row in shell.json("broker", "list")}
    assert routes["roads/1.0"] == "lgsp+ngsp"


def test_a_version_is_blocked_and_unblocked(shell: Shell, tmp_path: Path) -> None:
    one = a_service(code="bridges", context="apiCau")
    shell.ok("broker", "import", _file(tmp_path, "services.json", {"services": [one]}))
    words = ("broker", "block", "bridges", "1.0", "--reason", "Bảo trì")
    assert shell.run(*words).returncode == 1, "a draft"
    shell.ok("broker", "publish", "bridges", "1.0")
    assert shell.ok(*words).strip() == "bridges/1.0 published, blocked"
    assert shell.run(*words).returncode == 1
    blocked = {row["service"]: row["blocked"] for row in shell.json("broker", "list")}
    assert blocked["bridges/1.0"]
    assert shell.ok("broker", "unblock", "bridges", "1.0").strip() == "bridges/1.0 published"
