"""How a command fails: one error for exit code 1, one for exit code 2."""

from pathlib import Path

from pydantic import ValidationError

from app.platform.errors import ProblemError
from app.platform.settings import Settings, setting_name


class CommandError(Exception):
    """The command could not do its work: exit code 1."""


class FileRefusedError(CommandError):
    """A file cannot be taken over; names every place in it that is wrong."""

    def __init__(self, file: Path, problem: ProblemError) -> None:
        places = [f"  {wrong.pointer}: {wrong.detail_en}" for wrong in problem.errors]
        super().__init__("\n".join([f"{file}: {problem.detail_en}", *places]))


class SettingsError(Exception):
    """A setting is missing or wrong: exit code 2. The message names it."""


def read_settings() -> Settings:
    """Return the settings of this process.

    Raises:
        SettingsError: names every wrong setting, without its value.
    """
    try:
        return Settings()
    except ValidationError as error:
        wrong = (
            f"{setting_name(str(found['loc'][0]))}: {found['msg']}"
            for found in error.errors(include_url=False, include_input=False)
        )
        raise SettingsError("; ".join(wrong)) from None
