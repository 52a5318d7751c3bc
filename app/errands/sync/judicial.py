"""Judicial records as each generation reads them, and what comes back."""

import base64
import binascii
from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from app.errands.domain import Facts, Told
from app.errands.domain.texts import kept, kept_all
from app.errands.sync.papers import ReadPaper
from app.exchange.ngsp.judicial import Standing, central_name
from app.exchange.ngsp.wire import central_judicial as central
from app.exchange.ngsp.wire import judicial as first
from app.platform.settings import Settings

_GENDERS: Final = {"male": "1", "female": "0"}
_IDENTITIES: Final = {
    "passport": "0", "identity_card": "1", "residence_card": "2", "citizen_id": "3",
}  # fmt: skip
_REQUESTERS: Final = {
    "proceedings": "3844", "mandated": "3845", "individual": "3846", "agency": "3847",
}  # fmt: skip
_SUBJECTS: Final = {"foreigner": "71", "citizen": "72", "agency": "73", "proceedings": "74"}
_FLAGS: Final = {True: "1", False: "0"}
_NONE: Final[Mapping[str, ReadPaper]] = {}


def first_of(facts: Facts, *, number: str, settings: Settings) -> first.Submission:
    """Return a declaration for the first generation."""
    return first.Submission(
        department=settings.judicial_department,
        number=number,
        received_on=_day(facts["received_on"]),
        promised_on=_day(facts["promised_on"]),
        money_receipt=facts["money_receipt"],
        declaration=_declaration(facts, settings),
        stays=tuple(
            first.Stay(
                begins=_part(stay["begins"]),
                ends=_part(stay["ends"]),
                place=stay["place"],
                job=stay["job"],
                workplace=stay["workplace"],
            )
            for stay in facts["stays"]
        ),
        mandator=_first_mandator(facts["mandator"]),
    )


def _declaration(facts: Facts, settings: Settings) -> first.Declaration:
    person, by_post = facts["applicant"], facts["delivery"]
    identity = person["identity"]
    return first.Declaration(
        full_name=person["full_name"],
        other_name=person["other_name"],
        gender=_GENDERS[person["gender"]],
        born=_part(person["born"]),
        birth_place=_line(person["birth_place"]),
        nationality=person["nationality"],
        ethnicity=person["ethnicity"],
        residence=_line(person["residence"]),
        residence_region=_code(person["residence"]),
        temporary_residence=_line(person["temporary_residence"]),
        temporary_region=_code(person["temporary_residence"]),
        identity_type=_IDENTITIES[identity["type"]],
        identity_number=identity["number"],
        identity_issued_on=_day(identity["issued_on"]),
        identity_issued_by=identity["issued_by"],
        phone=person["phone"],
        email=person["email"],
        department=settings.judicial_department,
        declared_on=_day(facts["received_on"]),
        declared_by=_REQUESTERS[facts["requester"]],
        copies=str(facts["copies"]),
        about=_SUBJECTS[facts["subject"]],
        form=str(facts["form"]),
        with_ban=_FLAGS[facts["with_ban"]],
        by_post=_FLAGS[by_post is not None],
        post_address=by_post["address"] if by_post else "",
        post_district=by_post["district"] if by_post else "",
        purpose=facts["purpose"],
        **_family(person),
    )


def _family(person: Facts) -> Facts:
    """Return the names and years of parents and spouse, as both generations call them inside."""
    known: Facts = {}
    for who in ("father", "mother", "spouse"):
        relative = person[who]
        if relative is not None:
            known |= {f"{who}_name": relative["full_name"], f"{who}_born": _part(relative["born"])}
    return known


def _first_mandator(facts: Facts | None) -> first.Mandator | None:
    if facts is None:
        return None
    identity = facts["identity"]
    return first.Mandator(
        full_name=facts["full_name"],
        gender=_GENDERS.get(facts["gender"], ""),
        born=_part(facts["born"]),
        identity_type=_IDENTITIES[identity["type"]] if identity else "",
        identity_number=identity["number"] if identity else "",
        relation=facts["relation"],
        mandated_on=_day(facts["mandated_on"]),
    )


def central_of(
    facts: Facts, *, number: str, settings: Settings, papers: Mapping[str, ReadPaper] = _NONE
) -> central.Submission:
    """Return a declaration for the central system, without the key; `papers` are its files."""
    code, name = settings.judicial_province
    return central.Submission(
        province_code=code,
        province=name,
        number=number,
        received_on=_day(facts["received_on"]),
        form=_form(facts).model_copy(update={"files": _files(facts, papers)}),
    )


def _form(facts: Facts) -> central.Form:
    person, mandator = facts["applicant"], facts["mandator"]
    identity = person["identity"]
    return central.Form(
        promised_on=_day(facts["promised_on"]),
        form=str(facts["form"]),
        with_ban=_FLAGS[facts["with_ban"]],
        purpose_code=facts["purpose_code"],
        purpose=facts["purpose"],
        purpose_name=facts["purpose"],
        copies=str(facts["copies"]),
        full_name=person["full_name"],
        other_name=person["other_name"],
        gender=_GENDERS[person["gender"]],
        born=_part(person["born"]),
        identity_type=_IDENTITIES[identity["type"]],
        identity_number=identity["number"],
        identity_issued_on=_day(identity["issued_on"]),
        identity_issued_by=identity["issued_by"],
        nationality=person["nationality"],
        ethnicity=person["ethnicity"],
        phone=person["phone"],
        email=person["email"],
        residence=_address(person["residence"]),
        temporary_residence=_address(person["temporary_residence"]),
        birth_place=_address(person["birth_place"]),
        stays=tuple(
            central.Stay(
                begins=_part(stay["begins"]),
                ends=_part(stay["ends"]),
                place=stay["place"],
                job=stay["job"],
                workplace=stay["workplace"],
            )
            for stay in facts["stays"]
        ),
        by_mandate=_FLAGS[mandator is not None],
        **_family(person),
        **_central_mandator(mandator),
    )


def _files(facts: Facts, papers: Mapping[str, ReadPaper]) -> tuple[central.FormFile, ...]:
    """Return the files of an application; one that was placed before there were any has none."""
    return tuple(
        central.FormFile(
            kind=one["kind"],
            name=papers[one["file_id"]].name,
            content=papers[one["file_id"]].content,
        )
        for one in facts.get("files", ())
    )


def _central_mandator(facts: Facts | None) -> Facts:
    if facts is None:
        return {}
    identity = facts["identity"]
    return {
        "mandator_name": facts["full_name"],
        "mandator_born": _part(facts["born"]),
        "mandator_identity_type": _IDENTITIES[identity["type"]] if identity else "",
        "mandator_identity": identity["number"] if identity else "",
        "mandator_relation": facts["relation"],
    }


def returned_of(facts: Facts, *, settings: Settings) -> central.Returned:
    """Return what goes back to the portal of linked services."""
    code, name = settings.judicial_province
    result = facts["result"]
    return central.Returned(
        province_code=code,
        province=name,
        number=facts["code"],
        code=facts["status"],
        name=central_name(facts["status"]),
        refused_because=facts["reason"],
        promised_on=_day(facts["promised_on"]),
        result=None
        if result is None
        else central.ReturnedResult(
            number=result["number"],
            issued_on=_day(result["issued_on"]),
            signed_by=result["signed_by"],
            signer_title=result["signer_title"],
            pdf=result["pdf"],
        ),
    )


def told_of(standing: Standing) -> Told:
    """Return what the nation says of a record."""
    return Told(
        code=kept(standing.code, 40),
        name=kept(standing.name),
        ends=standing.ends,
        result=_result(standing),
        happened_at=kept(standing.issued_on, 40),
    )


def _result(standing: Standing) -> Facts | None:
    found = standing.result
    if found is None:
        return {"issued_on": kept(standing.issued_on)} if standing.issued_on else None
    facts = {
        "number": found.number,
        "issued_on": found.issued_on,
        "signed_by": found.signed_by,
        "signer_title": found.signer_title,
        "convictions": found.convictions_name,
        "ban": found.ban_name,
        "pdf": found.pdf if _is_pdf(found.pdf) else "",
    }
    return kept_all(facts, but="pdf")


def _is_pdf(text: str) -> bool:
    try:
        return base64.b64decode(text, validate=True).startswith(b"%PDF-")
    except (binascii.Error, ValueError):
        return False


def _address(facts: Facts | None) -> central.Address | None:
    if facts is None:
        return None
    return central.Address(
        province_code=facts["province_code"],
        province=facts["province"],
        district_code=facts["district_code"],
        district=facts["district"],
        commune_code=facts["commune_code"],
        commune=facts["commune"],
        street=facts["street"],
    )


def _line(facts: Facts | None) -> str:
    parts = [] if facts is None else (facts[one] for one in _PARTS)
    return ", ".join(part for part in parts if part)


_PARTS: Final = ("street", "commune", "district", "province")


def _code(facts: Facts | None) -> str:
    """Return the smallest region that an address names by its code."""
    if facts is None:
        return ""
    codes: list[str] = [facts[f"{one}_code"] for one in ("commune", "district", "province")]
    return next((code for code in codes if code), "")


def _day(text: Any) -> str:
    """Return a day as dd/MM/yyyy, "" without."""
    return f"{date.fromisoformat(text):%d/%m/%Y}" if text else ""


def _part(text: str) -> str:
    """Return a year, a month or a day in the order of the wire: 1990-05-02 is 02/05/1990."""
    return "/".join(reversed(text.split("-"))) if text else ""
