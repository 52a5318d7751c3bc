"""What can be asked of the catalogue, and how it is brought up to date."""

from app.catalogue.use_cases.finding import (
    find_procedure,
    list_communes,
    list_members,
    list_procedures,
    list_provinces,
    resolve_member,
    show_member,
    show_procedure,
    today,
)
from app.catalogue.use_cases.importing import import_catalogue, load_seed, seed_if_empty
from app.catalogue.use_cases.synchronising import list_syncs, take_procedures

__all__ = [
    "find_procedure",
    "import_catalogue",
    "list_communes",
    "list_members",
    "list_procedures",
    "list_provinces",
    "list_syncs",
    "load_seed",
    "resolve_member",
    "seed_if_empty",
    "show_member",
    "show_procedure",
    "take_procedures",
    "today",
]
