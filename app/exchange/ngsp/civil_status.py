"""Civil status at the Ministry of Justice: POST under a token, two generations."""

import unicodedata
from collections.abc import Mapping, Sequence
from typing import Final, Protocol, TypeVar

from lxml import etree

from app.exchange.ngsp.calling import Caller, posting, read
from app.exchange.ngsp.errors import ServiceError, Trouble
from app.exchange.ngsp.wire.civil_status import (
    Envelope,
    FirstQuestion,
    FirstSubmission,
    Form,
    LinkedAnswer,
    LinkedFile,
    LinkedQuestion,
    LinkedSubmission,
    ResultAnswer,
    Standing,
    StateAnswer,
)
from app.exchange.ngsp.wire.fields import ServiceModel

FIRST, LINKED = "civil-status", "linked-registration"
AT_ONCE: Final = 3
"""So many results the known client asks for in one question."""
_DONE: Final = "1"
_FINISHED: Final = "4"
_NOT_FOUND: Final = "201"
_TAKEN: Final = "đã được tiếp nhận"

E = TypeVar("E", bound=Envelope)


class CivilStatusClient(Protocol):
    """What either generation does; each method raises `ServiceError` without a usable answer."""

    async def submit(self, head: FirstSubmission, form: Form, files: Sequence[LinkedFile]) -> bool:
        """Submit a form; False if it was taken before. The form of `head` is filled here."""
        ...

    async def standing(self, kind: str, unit: int, code: str) -> Standing | None:
        """Return where a registration stands, with its result once it is done."""
        ...

    async def standings(self, kind: str, unit: int, codes: Sequence[str]) -> Mapping[str, Standing]:
        """Return where some registrations stand, by their codes; unknown ones are left out."""
        ...


class FirstClient:
    """apiHoTichTuPhap: the form is XML in a JSON text."""

    def __init__(self, caller: Caller, context: str) -> None:
        self._asker = _Asker(caller, context, FIRST)

    async def submit(self, head: FirstSubmission, form: Form, files: Sequence[LinkedFile]) -> bool:
        """Submit a form; False if it was taken before. This generation takes no files."""
        del files
        written = head.model_copy(update={"form": _xml(form)})
        return is_new(await self._asker.ask("dangKyHoTich", written, Envelope))

    async def standing(self, kind: str, unit: int, code: str) -> Standing | None:
        """Return where a registration stands, with its result once it is done."""
        del kind
        question = FirstQuestion(unit=unit, code=code)
        told = await self._asker.ask("traTrangThaiHoSo", question, StateAnswer)
        if told.error_code == _NOT_FOUND:
            return None
        demand_done(told)
        found = told.value
        if found is None or found.state != _FINISHED:
            return found
        result = await self._asker.ask("ketQuaDangKyHS", question, ResultAnswer)
        demand_done(result)
        return found.model_copy(update={"result": result.value})

    async def standings(self, kind: str, unit: int, codes: Sequence[str]) -> Mapping[str, Standing]:
        """Return where some registrations stand: this generation is asked one by one."""
        found = {code: await self.standing(kind, unit, code) for code in codes}
        return {code: one for code, one in found.items() if one is not None}


class LinkedClient:
    """The linked registration: the form is JSON in a JSON text, modules begin with LT."""

    def __init__(self, caller: Caller, context: str, province: str) -> None:
        self._asker = _Asker(caller, context, LINKED)
        self._province = province

    async def submit(self, head: FirstSubmission, form: Form, files: Sequence[LinkedFile]) -> bool:
        """Submit a form; False if it was taken before."""
        written = LinkedSubmission(
            unit=head.unit,
            module=f"LT{head.module}",
            received_at=head.received_at,
            code=head.code,
            form=form.model_dump_json(exclude_none=True),
            files=tuple(files),
        )
        return is_new(await self._asker.ask("guiHoSo", written, Envelope))

    async def standing(self, kind: str, unit: int, code: str) -> Standing | None:
        """Return where a registration stands, with its result once it is done."""
        return (await self.standings(kind, unit, (code,))).get(code)

    async def standings(self, kind: str, unit: int, codes: Sequence[str]) -> Mapping[str, Standing]:
        """Return where some registrations stand: three are asked for at a time."""
        del unit
        found: dict[str, Standing] = {}
        for start in range(0, len(codes), AT_ONCE):
            few = tuple(codes[start : start + AT_ONCE])
            question = LinkedQuestion(codes=few, province=self._province, module=f"LT{kind}")
            told = await self._asker.ask("traKetQua", question, LinkedAnswer)
            demand_done(told)
            found |= {one.code: one for one in told.value if one.code in few}
        return found


class _Asker:
    def __init__(self, caller: Caller, context: str, service: str) -> None:
        self._caller, self._context, self._service = caller, context, service

    async def ask(self, resource: str, content: ServiceModel, model: type[E]) -> E:
        url = self._caller.url(self._context, resource)
        call = posting(self._service, resource, url, content.model_dump())
        return read(model, call, await self._caller.ask(call))


def is_new(told: Envelope) -> bool:
    """Tell whether a submission is new; a refusal that says "đã được tiếp nhận" is a repeat.

    Raises:
        ServiceError: if it is refused for another reason.
    """
    if told.status == _DONE:
        return True
    if _TAKEN in unicodedata.normalize("NFC", told.error_words).casefold():
        return False
    raise refusal_of(told)


def demand_done(told: Envelope) -> None:
    """Demand an answer that is none of the refusals.

    Raises:
        ServiceError: if it is one.
    """
    if told.status != _DONE:
        raise refusal_of(told)


def refusal_of(told: Envelope) -> ServiceError:
    """Return the refusal, by its code alone: its words may name a person."""
    code = told.error_code if told.error_code.isdecimal() else "none"
    return ServiceError(Trouble.REFUSED, f"code-{code}")


def _xml(form: Form) -> str:
    """Return a form as XML with one element for each field (the root's name is ours)."""
    root = etree.Element("hoSo")
    for name, said in form.model_dump(exclude_none=True).items():
        etree.SubElement(root, name).text = said
    return etree.tostring(root, encoding="unicode")
