"""What can be done with dossiers: one function for each act, one transaction each."""

from app.dossiers.use_cases.announcing import carry_status, find_notice
from app.dossiers.use_cases.carrying import carry_on, carry_over, carry_rows
from app.dossiers.use_cases.owing import TOPIC, Cause, rules_of
from app.dossiers.use_cases.reading import list_dossiers, show, show_progress
from app.dossiers.use_cases.reporting import report
from app.dossiers.use_cases.submitting import Draft, submit

__all__ = [
    "TOPIC",
    "Cause",
    "Draft",
    "carry_on",
    "carry_over",
    "carry_rows",
    "carry_status",
    "find_notice",
    "list_dossiers",
    "report",
    "rules_of",
    "show",
    "show_progress",
    "submit",
]
