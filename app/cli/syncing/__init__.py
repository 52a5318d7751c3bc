"""`lgsp catalogue sync …`: the catalogue made that of the nation; one module for each kind."""

import typer

from app.cli.syncing import members, procedures

app = typer.Typer(help="Đồng bộ từ quốc gia. / Synchronise.", no_args_is_help=True)
app.command("members")(members.members)
app.command("procedures")(procedures.procedures)


@app.callback()
def sync() -> None:
    """Đồng bộ danh mục từ quốc gia. / Make the catalogue that of the nation."""
