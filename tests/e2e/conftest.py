"""The stage is set for the end-to-end tests only."""

from tests.e2e.realm import make_realm
from tests.e2e.stage import make_stage

__all__ = ["make_realm", "make_stage"]
