"""What can be asked of the catalogue, and how it is brought up to date."""

from app.catalogue.use_cases.finding import (
    current_member,
    find_near,
    find_procedure,
    former_codes,
    list_communes,
    list_members,
    list_procedures,
    list_provinces,
    list_published,
    member_names,
    resolve_member,
    show_member,
    show_procedure,
    show_procedures,
    show_record,
    today,
)
from app.catalogue.use_cases.importing import import_catalogue, load_seed, seed_if_empty
from app.catalogue.use_cases.registering import Unit, close_unit, find_unit, register_unit
from app.catalogue.use_cases.syncing_members import find_difference, sync_members
from app.catalogue.use_cases.syncing_procedures import list_syncs, take_procedures

__all__ = [
    "Unit",
    "close_unit",
    "current_member",
    "find_difference",
    "find_near",
    "find_procedure",
    "find_unit",
    "former_codes",
    "import_catalogue",
    "list_communes",
    "list_members",
    "list_procedures",
    "list_provinces",
    "list_published",
    "list_syncs",
    "load_seed",
    "member_names",
    "register_unit",
    "resolve_member",
    "seed_if_empty",
    "show_member",
    "show_procedure",
    "show_procedures",
    "show_record",
    "sync_members",
    "take_procedures",
    "today",
]
