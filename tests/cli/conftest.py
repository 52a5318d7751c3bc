import pytest

from tests.cli.shell import Shell


@pytest.fixture(scope="module")
def process(tmp_path_factory: pytest.TempPathFactory) -> Shell:
    """Runs each command as a process of its own: where that is what a test is about."""
    made = Shell(tmp_path_factory.mktemp("shell"))
    made.inside.ok("key", made.env["LGSP_SIGNING_KEY_FILE"])
    made.inside.ok("migrate")
    return made


@pytest.fixture(scope="module")
def shell(process: Shell) -> Shell:
    return process.inside
