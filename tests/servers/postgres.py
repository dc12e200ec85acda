"""A PostgreSQL of our own: a fresh cluster in a temporary directory, on a free loopback port."""

import os
import pwd
import shutil
import subprocess
import tempfile
import uuid
from collections.abc import Callable, Sequence
from pathlib import Path

import psycopg

from tests.servers.ports import free_port

LOCALE = ("-E", "UTF8", "--locale=C", "--locale-provider=icu", "--icu-locale=en")
"""Sorts unlike code points do: what relies on a server's order by accident fails here."""
BINARIES = max(Path("/usr/lib/postgresql").glob("1[567]/bin"))
"""Of the versions that `run.py` accepts, the newest that is here."""

ENVIRONMENT = {"LC_ALL": "C", "PGCTLTIMEOUT": "200"}
"""Recovery after a stop may take its time where many tests share a disk."""


class Postgres:
    """One cluster; every test takes a fresh database in it."""

    def __init__(self, *, follows: "Postgres | None" = None) -> None:
        """Make and start the cluster, or a standby of another one. As root it refuses to run: then Debian's user does."""
        self._copied: dict[Callable[[str], object], str] = {}
        self._home = Path(tempfile.mkdtemp(prefix="hallway-postgres-"))
        self._user = "postgres" if os.geteuid() == 0 else None
        if self._user is not None:
            shutil.chown(self._home, self._user)
        self.port = free_port()
        if follows is None:
            self._run(["initdb", "-N", "-D", f"{self._home}/data", "-U", "hallway", "-A", "trust", *LOCALE])
        else:
            source = ["-h", "127.0.0.1", "-p", str(follows.port), "-U", "hallway"]
            self._run(["pg_basebackup", "-D", f"{self._home}/data", "-R", "-X", "stream", "-c", "fast", *source])
        self.start()

    def start(self) -> None:
        """Start the server and wait until it answers."""
        options = f"-p {self.port} -k {self._home} -c listen_addresses=127.0.0.1"
        self._run(["pg_ctl", "-D", f"{self._home}/data", "-l", f"{self._home}/log", "-o", options, "-w", "start"])

    def stop(self) -> None:
        """Stop it at once: every connection is cut."""
        self._run(["pg_ctl", "-D", f"{self._home}/data", "-m", "immediate", "-w", "stop"])

    def wait_for_standby(self) -> None:
        """From now on nothing counts as committed that a standby has not written, too."""
        self._tell("ALTER SYSTEM SET synchronous_standby_names = '*'", "SELECT pg_reload_conf()")

    def promote(self) -> None:
        """Be a standby no more."""
        self._run(["pg_ctl", "-D", f"{self._home}/data", "-w", "promote"])

    def remove(self) -> None:
        """Stop it, unless it was, and take its files away."""
        if (self._home / "data" / "postmaster.pid").exists():
            self.stop()
        shutil.rmtree(self._home)

    def new_database(self, folder: Path | None = None) -> str:
        """The URL of a new, empty database; its files are in `folder`, unless they are where all others are."""
        name, where = _new_name(), ""
        if folder is not None:
            if self._user is not None:
                shutil.chown(folder, self._user)
            self._tell(f"CREATE TABLESPACE \"{name}\" LOCATION '{folder}'")
            where = f'TABLESPACE "{name}"'
        self._tell(f'CREATE DATABASE "{name}" {where}')
        return self._url(name)

    def new_copy(self, made: Callable[[str], object]) -> str:
        """The URL of a new database with all that `made` puts into the one at a URL, which it does once."""
        if made not in self._copied:
            url = self.new_database()
            made(url)
            self._copied[made] = url.rpartition("/")[2]
        name = _new_name()
        self._tell(f'CREATE DATABASE "{name}" TEMPLATE "{self._copied[made]}"')
        return self._url(name)

    def _url(self, name: str) -> str:
        return f"postgresql://hallway@127.0.0.1:{self.port}/{name}"

    def _tell(self, *statements: str) -> None:
        with psycopg.connect(self._url("postgres"), autocommit=True) as connection:
            for statement in statements:
                connection.execute(statement.encode())

    def _run(self, command: Sequence[str]) -> None:
        as_user = (
            [] if self._user is None else ["setpriv", f"--reuid={pwd.getpwnam(self._user).pw_uid}", "--clear-groups"]
        )
        full = [*as_user, str(BINARIES / command[0]), *command[1:]]
        subprocess.run(full, check=True, cwd=self._home, stdout=subprocess.DEVNULL, env={**os.environ, **ENVIRONMENT})


def _new_name() -> str:
    return f"test_{uuid.uuid4().hex}"
