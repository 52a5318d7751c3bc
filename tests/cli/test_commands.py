"""The commands as an administrator runs them: exit codes, JSON lines; usage in real processes."""

import json
from datetime import timedelta
from pathlib import Path

import pytest

from app.cli.staging import free_port
from app.codes import AgencyCode, DocumentId
from app.documents.domain.documents import StatusReport
from app.documents.domain.statuses import Status
from app.documents.domain.waiting import Delivery
from app.documents.use_cases import waiting
from app.main import VERSION
from app.platform.clock import FrozenClock
from app.public_services.schemas.offers import EXAMPLE
from tests.cli.shell import Shell
from tests.gateway import START, transact

BEHIND_A_SECURITY_SERVER = {
    "LGSP_DVCQG_URL": "http://127.0.0.1:1/XrdAdapter/RestService/forward",
    "LGSP_DVCQG_USERNAME": "x",
    "LGSP_DVCQG_PASSWORD_FILE": __file__,
}


@pytest.mark.parametrize(
    ("words", "env", "named"),
    [
        (["serve", "--port", "x"], {}, "--port"),
        (["nonsense"], {}, "nonsense"),
        (["serve"], {"LGSP_PROVINCE": "Lào Cai"}, "LGSP_PROVINCE"),
        (["serve"], {"LGSP_SIGNING_KEY_FILE": "/nowhere"}, "/nowhere"),
        (["worker"], {"LGSP_DATABASE_URL": "mysql://x"}, "LGSP_DATABASE_URL"),
        (["worker"], BEHIND_A_SECURITY_SERVER, "dstcode"),
        (["serve"], {"LGSP_SIGNING_KEY_FILE": "/nowhere/key.pem"}, "LGSP_SIGNING_KEY_FILE"),
        (["serve"], {"LGSP_SIGNING_KEY_FILE": "/nowhere/key.pem"}, "No such file or directory"),
        (["serve"], {"LGSP_PREVIOUS_SIGNING_KEY_FILE": "/x.pem"}, "LGSP_PREVIOUS_SIGNING_KEY_FILE"),
        (["serve"], {"LGSP_WORKING_AFTERNOON": "13:30-16:30"}, "LGSP_WORKING_AFTERNOON"),
        (["serve"], {"LGSP_WORKING_MORNING": "07:00-14:00"}, "LGSP_WORKING_AFTERNOON"),
        (["client", "add", "x", "--member", "!!", "--scope", "dossiers:read"], {}, "--member"),
        (["client", "add", "x", "--member", "H38", "--scope", "all"], {}, "--scope"),
    ],
)
def test_wrong_usage_and_settings_end_with_2_and_are_named(
    process: Shell, words: list[str], env: dict[str, str], named: str
) -> None:
    done = process.run(*words, **env)
    assert done.returncode == 2
    assert named in done.stderr
    assert "Traceback" not in done.stderr


def test_what_cannot_be_done_ends_with_1(process: Shell, tmp_path: Path) -> None:
    broken = tmp_path / "catalogue.json"
    broken.write_text('{"members": [{"code": "H38"}]}', encoding="utf-8")
    for words in (
        ["client", "revoke", "client-none"],
        ["client", "add", "x", "--member", "H02", "--scope", "dossiers:read"],
        ["outbox", "show", "none"],
        ["catalogue", "import", str(broken)],
        ["key", process.env["LGSP_SIGNING_KEY_FILE"]],
    ):
        done = process.run(*words)
        assert done.returncode == 1, words
        assert done.stderr.startswith("lgsp: ")
        assert "Traceback" not in done.stderr


@pytest.mark.parametrize("url", ["sqlite:////nowhere/x.db", "postgresql://x:y@127.0.0.1:1/z"])
@pytest.mark.parametrize("words", [["migrate"], ["client", "list"]])
def test_a_database_that_cannot_be_reached_is_named(
    process: Shell, words: list[str], url: str
) -> None:
    done = process.run(*words, LGSP_DATABASE_URL=url)
    assert done.returncode == 1
    assert done.stderr.startswith("lgsp: the database of LGSP_DATABASE_URL cannot be used")
    assert "x:y" not in done.stderr


def test_a_closed_member_is_named_with_its_successor(shell: Shell) -> None:
    done = shell.run("client", "add", "x", "--member", "H02", "--scope", "dossiers:read")
    assert "H05" in done.stderr


def test_a_client_is_added_listed_and_revoked(process: Shell) -> None:
    words = ("client", "add", "one-stop", "--member", "000.00.12.H38", "--scope", "dossiers:read")
    made = process.json(*words)
    assert made.keys() == {"client_id", "client_secret", "scopes"}
    listed = {row["client_id"]: row for row in process.json("client", "list")}
    assert listed[made["client_id"]]["member"] == "H38.12"
    assert made["client_secret"] not in json.dumps(listed)
    process.ok("client", "revoke", made["client_id"])
    listed = {row["client_id"]: row for row in process.json("client", "list")}
    assert listed[made["client_id"]]["revoked_at"]


def test_every_setting_is_listed_with_its_meaning(shell: Shell) -> None:
    rows = {row["name"]: row for row in shell.json("settings")}
    assert {
        "LGSP_DATABASE_URL", "LGSP_PROVINCE", "LGSP_PUBLIC_URL", "LGSP_SIGNING_KEY_FILE",
        "LGSP_VXP_URL", "LGSP_VXP_SYSTEM_ID", "LGSP_VXP_SECRET_FILE", "LGSP_DVCQG_URL",
        "LGSP_DVCQG_USERNAME", "LGSP_DVCQG_PASSWORD_FILE", "LGSP_DVCQG_AGENCY",
        "LGSP_DVCQG_DSTCODE", "LGSP_MAX_BODY_BYTES",
    } <= rows.keys()  # fmt: skip
    assert all(row["meaning"] for row in rows.values())


def test_an_import_counts_and_a_repeat_changes_nothing(shell: Shell, tmp_path: Path) -> None:
    file = tmp_path / "catalogue.json"
    member = {"code": "H38.77", "name": "Chi cục Ví Dụ", "kind": "state", "parent": "H38"}
    file.write_text(json.dumps({"members": [member]}), encoding="utf-8")
    assert shell.json("catalogue", "import", str(file))["members"]["new"] == 1
    assert shell.json("catalogue", "import", str(file))["members"]["unchanged"] == 1


def test_an_empty_outbox_is_an_empty_list(shell: Shell) -> None:
    assert shell.json("outbox", "list") == []


def test_no_early_statuses_are_an_empty_list_and_an_empty_table(shell: Shell) -> None:
    assert shell.json("statuses") == []
    assert "recipient" in shell.ok("statuses")


def test_an_early_status_is_listed(shell: Shell) -> None:
    sender, recipient = AgencyCode("H38.12"), AgencyCode("H53.71")
    report = StatusReport(Status.TAKE_BACK, START, "Gửi nhầm")
    transact(
        shell.env["LGSP_DATABASE_URL"],
        waiting.keep,
        FrozenClock(START),
        Delivery("vxp:000.00.00.H53", "d-1", "0" * 64),
        (sender, DocumentId("ma-rieng"), recipient),
        (report, timedelta(hours=1)),
    )
    assert shell.json("statuses") == [
        {
            "doc_id": "d-1",
            "document_id": "ma-rieng",
            "sender": "H38.12",
            "recipient": "H53.71",
            "code": "13",
            "state": "waiting",
            "arrived_at": "2026-11-02T02:00:00+00:00",
            "until": "2026-11-02T03:00:00+00:00",
        }
    ]


def test_the_doctor_names_what_is_wrong(shell: Shell) -> None:
    port = free_port()
    done = shell.run("doctor", "--json", LGSP_VXP_URL=f"http://127.0.0.1:{port}")
    found = {row["check"]: row["ok"] for row in json.loads(done.stdout)}
    assert done.returncode == 1
    assert found["LGSP_VXP_URL"] is False
    assert found["database"] is True


def test_the_doctor_makes_no_database_by_looking_for_one(shell: Shell, tmp_path: Path) -> None:
    file = tmp_path / "none.db"
    done = shell.run("doctor", "--json", LGSP_DATABASE_URL=f"sqlite:///{file}")
    found = {row["check"]: row["finding"] for row in json.loads(done.stdout)}
    assert (done.returncode, found["database"]) == (1, "not there: run `lgsp migrate`")
    assert not file.exists()


def test_a_slip_in_the_name_of_a_setting_is_told(shell: Shell) -> None:
    done = shell.run("doctor", "--json", LGSP_DATABSE_URL="sqlite:///elsewhere.db", lgsp_x="1")
    finding = {row["check"]: row for row in json.loads(done.stdout)}["settings"]
    assert not finding["ok"]
    assert finding["finding"] == (
        "LGSP_DATABSE_URL is no setting; LGSP_DATABASE_URL is one; lgsp_x is no setting"
    )


def test_the_version_is_that_of_the_api(shell: Shell) -> None:
    assert shell.ok("--version") == f"{VERSION}\n"


def test_the_doctor_is_content_with_a_fresh_set_up(shell: Shell) -> None:
    assert all(row["ok"] for row in shell.json("doctor"))


def test_swapped_days_are_imported_and_shown(shell: Shell, tmp_path: Path) -> None:
    file = tmp_path / "days.json"
    day = {"day": "2026-12-05", "is_working": True, "note": "Làm bù"}
    file.write_text(json.dumps({"days": [day]}), encoding="utf-8")
    assert shell.json("calendar", "import", str(file)) == {"new": 1, "changed": 0, "unchanged": 0}
    shown = shell.json("calendar", "show", "2026")
    assert day in shown
    assert {"2026-01-02", "2026-02-17"} <= {one["day"] for one in shown}
    assert "thứ Bảy" in shell.ok("calendar", "show", "2026")
    file.write_text(json.dumps({"days": [day, day]}), encoding="utf-8")
    refused = shell.run("calendar", "import", str(file))
    assert (refused.returncode, "twice" in refused.stderr) == (1, True)


def test_decisions_on_services_are_imported_once(shell: Shell, tmp_path: Path) -> None:
    file = tmp_path / "decisions.json"
    decision = EXAMPLE | {"procedure_code": "1.003560.H38"}
    file.write_text(json.dumps({"decisions": [decision]}), encoding="utf-8")
    assert shell.json("services", "import", str(file)) == {"new": 1, "unchanged": 0}
    assert shell.ok("services", "import", str(file)) == "0 new, 1 unchanged\n"
    other = decision | {"number": "2/QĐ", "procedure_code": "1.999999"}
    file.write_text(json.dumps({"decisions": [decision, other]}), encoding="utf-8")
    refused = shell.run("services", "import", str(file))
    assert refused.returncode == 1
    assert "/decisions/1/procedure_code" in refused.stderr
    edited = decision | {"service": EXAMPLE["service"] | {"is_open": False}}
    file.write_text(json.dumps({"decisions": [edited]}), encoding="utf-8")
    assert "not edited" in " ".join(shell.run("services", "import", str(file)).stderr.split())


def test_an_account_of_the_facade_is_added_listed_and_revoked(shell: Shell, tmp_path: Path) -> None:
    client = shell.json("client", "add", "mapi", "--member", "H38.12", "--scope", "dossiers:read")[
        "client_id"
    ]
    made = shell.json("portal-account", "add", "mot-cua", "--client", client)
    assert made.keys() == {"username", "client_id", "password"}
    file = tmp_path / "password"
    file.write_text("mật khẩu cũ", encoding="utf-8")
    words = ("portal-account", "add", "cu", "--client", client, "--password-file", str(file))
    assert "password" not in shell.json(*words)
    assert shell.run(*words).returncode == 1
    assert shell.run("portal-account", "add", "x", "--client", "none").returncode == 1
    shell.ok("portal-account", "revoke", "cu")
    listed = {row["username"]: row for row in shell.json("portal-account", "list")}
    assert made["password"] not in json.dumps(listed)
    assert (listed["mot-cua"]["revoked_at"], bool(listed["cu"]["revoked_at"])) == (None, True)


def test_a_land_system_is_added_listed_and_revoked(shell: Shell, tmp_path: Path) -> None:
    made = shell.json("land-system", "add", "vbdlis", "--member", "H38")
    assert made.keys() == {"name", "member", "security_code"}
    file = tmp_path / "code"
    file.write_text("mot-ma-da-thoa-thuan-tu-truoc-va-du-dai", encoding="utf-8")
    words = ("land-system", "add", "ilis", "--member", "H38", "--code-file", str(file))
    assert "security_code" not in shell.json(*words)
    file.write_text("ngan", encoding="utf-8")
    assert shell.run(*words).returncode == 1
    assert shell.run("land-system", "add", "vbdlis", "--member", "H38").returncode == 1
    assert shell.run("land-system", "add", "Tên", "--member", "H38").returncode == 2
    assert shell.run("land-system", "add", "khac", "--member", "khong").returncode == 2
    shell.ok("land-system", "revoke", "ilis")
    assert shell.run("land-system", "revoke", "ilis").returncode == 1
    listed = {row["name"]: row for row in shell.json("land-system", "list")}
    assert made["security_code"] not in json.dumps(listed)
    assert (listed["vbdlis"]["revoked_at"], bool(listed["ilis"]["revoked_at"])) == (None, True)
