"""`lgsp broker …`: the register of shared services, grants, and requests for access."""

from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Annotated, Any

import typer
from typing_extensions import override

from app.access.domain import Caller, Scope
from app.broker.domain.deciding import today
from app.broker.domain.service import HIGHEST_ORDER, Service
from app.broker.schemas.described import ChangeOut
from app.broker.schemas.documents import media_type_of_file, plain_media_type, read_description
from app.broker.schemas.files import read_examples, read_register
from app.broker.store import grants as grant_store
from app.broker.store import registered
from app.broker.store import requests as request_store
from app.broker.store.descriptions import Document
from app.broker.use_cases import filling, granting, importing, registering
from app.cli.acting import act
from app.cli.failing import FileRefusedError, read_settings
from app.cli.printing import JsonFlag, console, print_json, print_rows
from app.codes import AgencyCode
from app.main import reserved_segments
from app.platform.bodies import digest_of
from app.platform.clock import SystemClock
from app.platform.errors import ProblemError
from app.platform.settings import Settings
from app.platform.targets import Targets

app = typer.Typer()

CodeArgument = Annotated[str, typer.Argument(help="Code of the service.")]
VersionArgument = Annotated[str, typer.Argument(help="Its version.")]


class _Administrator(Caller):
    """Whoever has the settings may act for every member."""

    @override
    def may_see(self, agency: AgencyCode) -> bool:
        return True


@app.command("import")
def import_(
    file: Annotated[
        Path | None,
        typer.Argument(exists=True, dir_okay=False, help="Without one: the examples we ship."),
    ] = None,
    *,
    as_json: JsonFlag = False,
) -> None:
    """Nạp dịch vụ từ tệp JSON. / Register {services: […]} of a file as drafts: all or nothing."""
    settings = read_settings()
    try:
        if file is None:
            wishes, digest = read_examples(AgencyCode(settings.province))
        else:
            wishes, digest = read_register(file.read_bytes())
        done = act(
            settings,
            filling.fill,
            SystemClock(),
            _administrator(settings),
            _ground(settings),
            wishes=wishes,
            digest=digest,
        )
    except ProblemError as problem:
        raise FileRefusedError(file or Path("pass_through.json"), problem) from problem
    if as_json:
        print_json(asdict(done))
    else:
        console.print(f"{done.new} new, {done.known} known")


@app.command("list")
def list_(*, as_json: JsonFlag = False) -> None:
    """Liệt kê dịch vụ. / List services in all their versions."""
    day = today(SystemClock().now())
    rows = [
        {
            "service": one.key,
            "context": one.context,
            "route": one.route.value,
            "state": one.state_on(day).value,
            "blocked": one.block is not None,
            "default": one.is_default,
            "tenant": one.tenant,
            "owner": one.owner,
            "title": one.title,
        }
        for _, one in act(read_settings(), registered.every)
    ]
    names = (
        "service", "context", "route", "state", "blocked", "default", "tenant", "owner", "title",
    )  # fmt: skip
    _print(rows, names, as_json)


@app.command("upstreams")
def upstreams(*, as_json: JsonFlag = False) -> None:
    """Liệt kê địa chỉ theo thứ tự gọi. / List where services are called, the first first."""
    rows = [
        {
            "service": one.key,
            "route": one.route.value,
            "via": place.via or one.route.routes[0].value,
            "order": place.order % (HIGHEST_ORDER + 1),
            "weight": place.weight,
            "credential": place.credential,
            "url": place.url,
        }
        for _, one in act(read_settings(), registered.every)
        for place in sorted(one.reached, key=lambda place: place.order)
    ]
    names = ("service", "route", "via", "order", "weight", "credential", "url")
    _print(rows, names, as_json)


@app.command("describe")
def describe(
    code: CodeArgument,
    version: VersionArgument,
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, readable=True)],
    *,
    breaking: Annotated[
        bool, typer.Option("--breaking", help="Even if it breaks consumers.")
    ] = False,
    as_json: JsonFlag = False,
) -> None:
    """Nhập bản mô tả. / Take over an OpenAPI or WSDL document, and tell what differs."""
    settings, raw = read_settings(), file.read_bytes()
    media_type = media_type_of_file(file.name)
    try:
        description = read_description(raw, media_type)
        document = Document(plain_media_type(media_type), digest_of(raw), raw)
        service, imported = act(
            settings,
            importing.import_description,
            SystemClock(),
            _administrator(settings),
            key=(code, version),
            told=importing.Told(document, description, may_break=breaking),
        )
    except ProblemError as problem:
        raise FileRefusedError(file, problem) from problem
    if as_json:
        changes = [ChangeOut.of(one).model_dump() for one in imported.changes]
        operations = [one.id for one in service.operations]
        print_json({"operations": operations, "changes": changes})
        return
    for change in imported.changes:
        console.print(f"{change.kind}: {change.text_en}", markup=False)
    console.print(f"{len(service.operations)} operations")


@app.command("publish")
def publish(code: CodeArgument, version: VersionArgument) -> None:
    """Công bố một phiên bản. / Publish a version."""
    _lead(registering.publish_version, code, version)


@app.command("retire")
def retire(code: CodeArgument, version: VersionArgument) -> None:
    """Ngừng một phiên bản. / Serve a version no longer."""
    _lead(registering.retire_version, code, version)


@app.command("block")
def block(
    code: CodeArgument,
    version: VersionArgument,
    *,
    reason: Annotated[str, typer.Option(help="Why; whoever calls it reads it.")],
) -> None:
    """Tạm khoá một phiên bản. / Let nobody call a version; every gateway refuses in a second."""
    _lead(partial(registering.block_version, reason=reason), code, version)


@app.command("unblock")
def unblock(code: CodeArgument, version: VersionArgument) -> None:
    """Mở lại một phiên bản. / Let a version be called again."""
    _lead(registering.unblock_version, code, version)


@app.command("grants")
def grants(*, as_json: JsonFlag = False) -> None:
    """Liệt kê quyền sử dụng. / List grants, ended ones too."""
    now = SystemClock().now()
    rows = [
        {
            "id": one.id,
            "client_id": one.client_id,
            "service": one.service,
            "operations": ", ".join(one.operations),
            "state": one.state_at(now).value,
            "expires_at": one.expires_at.isoformat(),
        }
        for one in act(read_settings(), grant_store.every)
    ]
    names = ("id", "client_id", "service", "operations", "state", "expires_at")
    _print(rows, names, as_json)


@app.command("revoke")
def revoke(
    grant: Annotated[str, typer.Argument(help="Id of the grant.")],
    *,
    reason: Annotated[str, typer.Option(help="Why; whoever has it reads it.")],
) -> None:
    """Thu hồi quyền. / Take a grant back; every gateway refuses it within a second."""
    settings = read_settings()
    act(
        settings,
        granting.revoke,
        SystemClock(),
        _administrator(settings),
        grant_id=grant,
        reason=reason,
        digest=digest_of(reason.encode()),
    )
    typer.echo(f"{grant} revoked")


@app.command("late")
def late(*, as_json: JsonFlag = False) -> None:
    """Đề nghị quá hạn 2 ngày làm việc. / List requests not decided within two working days."""
    rows = [
        {
            "id": one.id,
            "client_id": one.client_id,
            "service": one.service,
            "asked_at": one.asked_at.isoformat(),
            "due_at": one.due_at.isoformat(),
        }
        for one in act(read_settings(), request_store.late, SystemClock().now())
    ]
    _print(rows, ("id", "client_id", "service", "asked_at", "due_at"), as_json)


def _lead(move: Any, code: str, version: str) -> None:
    settings = read_settings()
    administrator = _administrator(settings)
    digest = digest_of(f"{code}/{version}".encode())
    service: Service = act(
        settings, move, SystemClock(), administrator, key=(code, version), digest=digest
    )
    blocked = "" if service.block is None else ", blocked"
    typer.echo(f"{service.key} {service.state.value}{blocked}")


def _administrator(settings: Settings) -> Caller:
    return _Administrator(
        "system:administrator", AgencyCode(settings.province), frozenset(Scope), ""
    )


def _ground(settings: Settings) -> registering.Ground:
    return registering.Ground(reserved_segments(), Targets.within(settings.upstream_networks))


def _print(rows: list[dict[str, Any]], names: tuple[str, ...], as_json: bool) -> None:  # noqa: FBT001 -- the flag itself
    if as_json:
        print_json(rows)
    else:
        print_rows(names, rows)
