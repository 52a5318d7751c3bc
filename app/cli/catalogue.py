"""`lgsp catalogue …`: members and procedures from a file."""

import typer

app = typer.Typer(help="Danh mục dùng chung. / The catalogue.", no_args_is_help=True)
