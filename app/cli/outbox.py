"""`lgsp outbox …`: what is owed to the nation."""

import typer

app = typer.Typer(
    help="Hộp thư chờ gửi quốc gia. / What is owed to the nation.", no_args_is_help=True
)
