import pytest

from tests.cli.shell import Shell


@pytest.fixture(scope="module")
def shell(tmp_path_factory: pytest.TempPathFactory) -> Shell:
    made = Shell(tmp_path_factory.mktemp("shell"))
    made.ok("key", made.env["LGSP_SIGNING_KEY_FILE"])
    made.ok("migrate")
    return made
