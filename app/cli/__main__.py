"""`python -m app.cli` is `lgsp`."""

from app.cli.root import main

main()
