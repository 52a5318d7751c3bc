"""`lgsp broker …`: what only the administrator of the machine may do with shared services."""

import typer

from app.cli import credentials, shared_services

app = typer.Typer(help="Trung gian dịch vụ. / The broker of services.", no_args_is_help=True)
app.add_typer(shared_services.app)
app.add_typer(credentials.app, name="credential")
