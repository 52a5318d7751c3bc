"""Acts on errands: one function each, one transaction each."""

from app.errands.use_cases.owing import (
    TOPIC_CATALOGUE_ROWS,
    TOPIC_FILE_TRACKING,
    TOPIC_JUDICIAL_RECORD,
    TOPIC_JUDICIAL_RETURN,
    TOPIC_POSTAL_ORDER,
    cancel,
    place,
)
from app.errands.use_cases.reading import hand_out, list_of_dossier, show, show_events
from app.errands.use_cases.telling import (
    due,
    look_later,
    note_events,
    note_standing,
    reading_from,
    settle,
)
from app.errands.use_cases.tracking import Tracking, track

__all__ = [
    "TOPIC_CATALOGUE_ROWS",
    "TOPIC_FILE_TRACKING",
    "TOPIC_JUDICIAL_RECORD",
    "TOPIC_JUDICIAL_RETURN",
    "TOPIC_POSTAL_ORDER",
    "Tracking",
    "cancel",
    "due",
    "hand_out",
    "list_of_dossier",
    "look_later",
    "note_events",
    "note_standing",
    "place",
    "reading_from",
    "settle",
    "show",
    "show_events",
    "track",
]
