"""Every statement on dossiers; one module for each kind of row."""

from app.dossiers.store.lists import Wanted, listed
from app.dossiers.store.numbers import take_number
from app.dossiers.store.progress import add_step, steps_of, steps_of_all
from app.dossiers.store.rows import (
    add,
    find,
    find_all,
    lock,
    lock_national,
    save,
    save_national,
)

__all__ = [
    "Wanted",
    "add",
    "add_step",
    "find",
    "find_all",
    "listed",
    "lock",
    "lock_national",
    "save",
    "save_national",
    "steps_of",
    "steps_of_all",
    "take_number",
]
