"""`lgsp broker credential …` as an administrator runs it."""

from pathlib import Path

import pytest

from tests.cli.shell import Shell

COMMAND = ("broker", "credential")


@pytest.fixture(scope="module")
def process(tmp_path_factory: pytest.TempPathFactory) -> Shell:
    folder = tmp_path_factory.mktemp("credentials")
    made = Shell(folder)
    made.env["LGSP_ENCRYPTION_KEY_FILE"] = str(folder / "encryption.key")
    made.inside.ok("key", made.env["LGSP_ENCRYPTION_KEY_FILE"], "--kind", "encryption")
    made.inside.ok("migrate")
    return made


@pytest.fixture
def shell(process: Shell) -> Shell:
    return process.inside


@pytest.fixture
def secret(tmp_path: Path) -> str:
    file = tmp_path / "secret"
    file.write_text("bi-mat\n")
    return str(file)


def test_a_credential_is_kept_rotated_resealed_and_closed(
    process: Shell, shell: Shell, secret: str, tmp_path: Path
) -> None:
    words = ("--kind", "header", "--secret-file", secret, "--fact", "header=access_token",
             "--fact", "shown_to=https://api.example.vn")  # fmt: skip
    assert "bi-mat" not in process.ok(*COMMAND, "add", "vnpost", *words)
    assert shell.run(*COMMAND, "add", "vnpost", *words).returncode == 1
    shell.ok(*COMMAND, "rotate", "vnpost", "--secret-file", secret)
    new = str(tmp_path / "new.key")
    shell.ok("key", new, "--kind", "encryption")
    assert shell.run(*COMMAND, "reseal", LGSP_ENCRYPTION_KEY_FILE=new).returncode == 1
    former = shell.env["LGSP_ENCRYPTION_KEY_FILE"]
    both = {"LGSP_ENCRYPTION_KEY_FILE": new, "LGSP_PREVIOUS_ENCRYPTION_KEY_FILE": former}
    assert "1 resealed" in shell.run(*COMMAND, "reseal", **both).stdout
    shell.ok(*COMMAND, "close", "vnpost")
    [row] = shell.json(*COMMAND, "list")
    assert (row["name"], row["kind"]) == ("vnpost", "header")
    assert row["facts"] == "header=access_token prefix= shown_to=https://api.example.vn"
    assert row["closed_at"]


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("A B", "--kind", "header"), 2),
        (("ten", "--kind", "header", "--fact", "header"), 2),
        (("ten", "--kind", "header", "--fact", "other=1"), 1),
        (("ten", "--kind", "client-credentials"), 1),
    ],
)
def test_what_makes_no_credential_is_refused(
    shell: Shell, secret: str, words: tuple[str, ...], code: int
) -> None:
    done = shell.run(*COMMAND, "add", *words, "--secret-file", secret)
    assert done.returncode == code, done.stderr
