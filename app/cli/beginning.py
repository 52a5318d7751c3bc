"""What a process that stays does first."""

import structlog

from app.cli.failing import read_settings
from app.platform.logging import configure_logging
from app.platform.settings import Settings, mistaken_names

log: structlog.stdlib.BoundLogger = structlog.get_logger(__name__)


def begin() -> Settings:
    """Return the settings of this process; from now on it logs, first of all slips in their names.

    Raises:
        SettingsError: names every wrong setting, without its value.
    """
    settings = read_settings()
    configure_logging(settings.log_level)
    for slip in mistaken_names():
        log.warning("setting-unknown", detail=slip)
    return settings
