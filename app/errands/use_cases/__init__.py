"""Acts on errands: one function each, one transaction each."""

from app.errands.use_cases.applying import Carriage, apply
from app.errands.use_cases.land import (
    correct,
    find_held,
    hand_over,
    note_receipt,
    note_word,
    tell_return,
    tell_supplement,
)
from app.errands.use_cases.owing import (
    TOPIC_CATALOGUE_ROWS,
    TOPIC_FILE_TRACKING,
    TOPIC_JUDICIAL_RECORD,
    TOPIC_JUDICIAL_RETURN,
    TOPIC_LAND,
    TOPIC_POSTAL_ORDER,
    cancel,
    place,
)
from app.errands.use_cases.reading import hand_out, list_of_dossier, show, show_events
from app.errands.use_cases.tax import keep_tax_notices, list_tax_notices
from app.errands.use_cases.telling import (
    due,
    look_later,
    note_events,
    note_standing,
    reading_from,
    settle,
)
from app.errands.use_cases.tracking import Tracking, track
from app.errands.use_cases.vouchers import list_tax_vouchers, reseal_vouchers, take_voucher

__all__ = [
    "TOPIC_CATALOGUE_ROWS",
    "TOPIC_FILE_TRACKING",
    "TOPIC_JUDICIAL_RECORD",
    "TOPIC_JUDICIAL_RETURN",
    "TOPIC_LAND",
    "TOPIC_POSTAL_ORDER",
    "Carriage",
    "Tracking",
    "apply",
    "cancel",
    "correct",
    "due",
    "find_held",
    "hand_out",
    "hand_over",
    "keep_tax_notices",
    "list_of_dossier",
    "list_tax_notices",
    "list_tax_vouchers",
    "look_later",
    "note_events",
    "note_receipt",
    "note_standing",
    "note_word",
    "place",
    "reading_from",
    "reseal_vouchers",
    "settle",
    "show",
    "show_events",
    "take_voucher",
    "tell_return",
    "tell_supplement",
    "track",
]
