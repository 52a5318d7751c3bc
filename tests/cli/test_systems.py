"""`lgsp system …` and `lgsp destination …` as an administrator runs them."""

import json
from pathlib import Path

import pytest

from tests.cli.shell import Shell


@pytest.fixture(scope="module")
def shell(tmp_path_factory: pytest.TempPathFactory) -> Shell:
    folder = tmp_path_factory.mktemp("systems")
    made = Shell(folder).inside
    made.env["LGSP_ENCRYPTION_KEY_FILE"] = str(folder / "encryption.key")
    made.ok("key", made.env["LGSP_ENCRYPTION_KEY_FILE"], "--kind", "encryption")
    made.ok("key", made.env["LGSP_SIGNING_KEY_FILE"])
    made.ok("migrate")
    return made


@pytest.fixture
def secret(tmp_path: Path) -> str:
    file = tmp_path / "secret"
    file.write_text("bi-mat\n")
    return str(file)


def listed(shell: Shell) -> dict[str, dict[str, object]]:
    return {row["system_id"]: row for row in shell.json("system", "list")}


def test_a_system_is_added_rotated_and_revoked(shell: Shell, secret: str) -> None:
    words = ("000.00.12.H38", "--member", "000.00.12.H38", "--secret-file", secret)
    shell.ok("system", "add", *words, "--root", "H38.12", "--since", "2026-11-01")
    row = listed(shell)["000.00.12.H38"]
    assert (row["member"], row["root"]) == ("H38.12", "H38.12")
    assert row["since"] == "2026-10-31T17:00:00+00:00"
    assert "good until" in shell.ok("system", "rotate", "000.00.12.H38", "--secret-file", secret)
    shell.ok("system", "revoke", "000.00.12.H38")
    assert listed(shell)["000.00.12.H38"]["revoked_at"]


def test_a_revoked_system_of_the_same_member_is_connected_again(shell: Shell, secret: str) -> None:
    words = ("again", "--secret-file", secret)
    shell.ok("system", "add", *words, "--member", "H38.63", "--since", "2026-11-01")
    shell.ok("system", "revoke", "again")
    assert shell.run("system", "add", *words, "--member", "H38.12").returncode == 1
    shell.ok("system", "add", *words, "--member", "H38.63", "--root", "H38.63")
    row = listed(shell)["again"]
    assert (row["revoked_at"], row["root"]) == (None, "H38.63")
    assert row["since"] == "2026-10-31T17:00:00+00:00"  # What came meanwhile is there.
    assert shell.run("system", "add", *words, "--member", "H38.63").returncode == 1


def test_one_unit_has_one_system(shell: Shell, secret: str) -> None:
    shell.ok("system", "add", "one", "--member", "H38.13", "--secret-file", secret)
    for words in (("one", "--member", "H38.61"), ("two", "--member", "000.00.13.H38")):
        done = shell.run("system", "add", *words, "--secret-file", secret)
        assert (done.returncode, "one" in done.stderr) == (1, True), done.stderr


def test_the_encryption_key_is_replaced(shell: Shell, secret: str, tmp_path: Path) -> None:
    shell.ok("system", "add", "sealed", "--member", "H38.62", "--secret-file", secret)
    former, new = shell.env["LGSP_ENCRYPTION_KEY_FILE"], str(tmp_path / "new.key")
    shell.ok("key", new, "--kind", "encryption")
    assert shell.run("system", "reseal", LGSP_ENCRYPTION_KEY_FILE=new).returncode == 1
    doctor = json.loads(shell.run("doctor", "--json", LGSP_ENCRYPTION_KEY_FILE=new).stdout)
    finding = {row["check"]: row for row in doctor}["LGSP_ENCRYPTION_KEY_FILE"]
    assert (finding["ok"], "sealed" in finding["finding"]) == (False, True)
    both = {"LGSP_ENCRYPTION_KEY_FILE": new, "LGSP_PREVIOUS_ENCRYPTION_KEY_FILE": former}
    assert "resealed" in shell.run("system", "reseal", **both).stdout
    shell.env["LGSP_ENCRYPTION_KEY_FILE"] = new
    assert all(row["ok"] for row in shell.json("doctor"))


def test_what_is_wrong_is_named(shell: Shell, secret: str) -> None:
    add = ("system", "add", "x", "--member")
    for words, env, code, named in (
        ((*add, "!!", "--secret-file", secret), {}, 2, "--member"),
        ((*add, "H38.61", "--secret-file", "/nowhere"), {}, 2, "--secret-file"),
        (("system", "add", "a b", "--member", "H38", "--secret-file", secret), {}, 2, "SYSTEM_ID"),
        ((*add, "H02", "--secret-file", secret), {}, 1, "H05"),
        (("system", "revoke", "none"), {}, 1, "No system"),
        (("system", "rotate", "none", "--secret-file", secret), {}, 1, "No system"),
        ((*add, "H38.61", "--secret-file", secret), {"LGSP_ENCRYPTION_KEY_FILE": secret}, 2, "KEY"),
        (("serve",), {"LGSP_ENCRYPTION_KEY_FILE": "/nowhere"}, 2, "ENCRYPTION_KEY"),
    ):
        done = shell.run(*words, **env)
        assert done.returncode == code, (words, done.stderr)
        assert named in done.stderr
        assert "Traceback" not in done.stderr


def test_without_an_encryption_key_no_system_is_added(shell: Shell, secret: str) -> None:
    without = Shell(Path(secret).parent)
    without.env["LGSP_DATABASE_URL"] = shell.env["LGSP_DATABASE_URL"]
    done = without.run("system", "add", "x", "--member", "H38.61", "--secret-file", secret)
    assert done.returncode == 2
    assert "LGSP_ENCRYPTION_KEY_FILE" in done.stderr


def test_a_destination_is_added_listed_and_closed(shell: Shell) -> None:
    shell.ok("destination", "add", "VN:GOV:x:y", "--url", "https://svc.example.vn/base")
    assert shell.run("destination", "add", "VN:GOV:x:y", "--url", "https://b.vn").returncode == 1
    shell.ok("destination", "close", "VN:GOV:x:y")
    [row] = shell.json("destination", "list")
    assert (row["dstcode"], row["url"]) == ("VN:GOV:x:y", "https://svc.example.vn/base")
    assert row["closed_at"]
    assert shell.run("destination", "close", "VN:GOV:x:y").returncode == 1


@pytest.mark.parametrize(
    "url", ["ftp://a.vn", "https://", "https://u:p@a.vn", "https://a.vn/../b", "https://a.vn?x=1"]
)
def test_an_address_of_another_kind_is_refused(shell: Shell, url: str) -> None:
    done = shell.run("destination", "add", "x", "--url", url)
    assert (done.returncode, "--url" in done.stderr) == (2, True)


def test_a_filing_page_is_added_listed_and_removed(shell: Shell) -> None:
    said = shell.ok("filing-page", "add", "000.00.12.H38", "--url", "https://so.example.vn/nop")
    assert said.strip() == "H38.12 files at https://so.example.vn/nop"
    [row] = shell.json("filing-page", "list")
    assert (row["agency"], row["url"]) == ("H38.12", "https://so.example.vn/nop")
    shell.ok("filing-page", "remove", "H38.12")
    assert shell.json("filing-page", "list") == []
    wrong = [("H38.12", "http://so.example.vn"), ("H38.99", "https://so.example.vn"), ("Sở", "x")]
    for agency, url in wrong:
        assert shell.run("filing-page", "add", agency, "--url", url).returncode == 1
    assert shell.run("filing-page", "remove", "H38.12").returncode == 1
