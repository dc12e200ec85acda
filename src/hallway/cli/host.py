"""Examining what is around the database: settings, folder, disk, address, port, web client."""

import os
import shutil
import socket
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from http.client import HTTPConnection, HTTPException, HTTPResponse
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import urlsplit

from hallway.settings import CONFIG, Settings
from hallway.storage.finding import Finding, note, ok, problem
from hallway.transport.static import WEB

ROOM = 500 * 1024 * 1024
"""Bytes that should be free, for what is written next and for a backup."""
LARGE_LOG = 256 * 1024 * 1024
"""Bytes of the write-ahead log; it is emptied at a sixth of that, unless somebody reads for very long."""
PATIENCE = 10.0
"""Seconds for Hallway to say whether it is ready; a locked database takes five."""


def settings_file(environment: Mapping[str, str]) -> Iterator[Finding]:
    """A file with secrets is for the service alone."""
    name = environment.get(CONFIG)
    if name is None:
        yield ok("settings", "from options, variables and defaults")
    elif Path(name).stat().st_mode & 0o004:
        yield problem("settings", f"{name} is readable by everyone", f"chmod o-rwx {name}")
    else:
        yield ok("settings", f"{name} is private")


def folder(file: Path) -> Iterator[Finding]:
    """The database's file and its folder: whose they are, who may read them, and how much room there is."""
    yield _privacy("data folder", file.parent, 0o700)
    yield _privacy("data file", file, 0o600)
    owner, keeper = file.stat().st_uid, file.parent.stat().st_uid
    if owner != keeper:
        yield problem("owner", f"{file} and its folder belong to different users", f"chown {keeper} {file}*")
    elif os.geteuid() not in {owner, 0}:
        yield problem("owner", f"{file} belongs to another user", f"sudo -u '#{owner}' hallway doctor")
    else:
        yield ok("owner", f"user {owner} owns folder and file")
    yield _room(file)
    log = file.with_name(f"{file.name}-wal")
    size = log.stat().st_size if log.exists() else 0
    if size > LARGE_LOG:
        yield note(
            "log",
            f"{log} has {_megabytes(size)}",
            "restart Hallway, and check that no other program keeps the file open",
        )
    else:
        yield ok("log", f"{_megabytes(size)} are waiting to be merged into the file")


def unused_file(file: Path) -> Iterator[Finding]:
    """A SQLite file beside an installation in PostgreSQL, as a migration leaves it: what is written there is lost here."""
    if file.is_file():
        log = file.with_name(f"{file.name}-wal")
        written = datetime.fromtimestamp(max(one.stat().st_mtime for one in (file, log) if one.exists()), UTC)
        yield note(
            "old database",
            f"{file} isn't used; it was last written on {written:%Y-%m-%d at %H:%M} UTC",
            "if that was before you migrated, make a backup of PostgreSQL and delete it; if after, look for lost messages",
        )


def _privacy(about: str, path: Path, mode: int) -> Finding:
    found = path.stat().st_mode & 0o777
    if found & 0o077:
        return problem(about, f"{path} is open to other users ({found:04o})", f"chmod {mode:o} {path}")
    return ok(about, f"{path} is private")


def _room(file: Path) -> Finding:
    free, size = shutil.disk_usage(file.parent).free, file.stat().st_size
    says = f"{_megabytes(free)} are free, the database has {_megabytes(size)}"
    if free < ROOM:
        return problem("room", says, "free up space; nobody can send with a full disk")
    return ok("room", says)


def _megabytes(size: int) -> str:
    return f"{size / 1e6:,.1f} MB"


def address(settings: Settings) -> Iterator[Finding]:
    """Examine how people reach it: by a host name, without a path, over TLS."""
    url = urlsplit(settings.address)
    if not settings.public_url and not _is_loopback(settings.host):
        yield problem(
            "address",
            f"sign-in links lead to {settings.address}, which only works on this machine",
            "set HALLWAY_PUBLIC_URL to the address that people type",
        )
    elif url.path.strip("/") or url.scheme not in {"http", "https"}:
        yield problem(
            "address",
            f"{settings.address} isn't the root of a host name",
            "set HALLWAY_PUBLIC_URL to an address such as https://host.example",
        )
    elif url.scheme == "http" and not _is_loopback(url.hostname or ""):
        yield note(
            "address",
            f"{settings.address} isn't encrypted: passwords can be read in transit",
            "use a proxy with TLS, and start HALLWAY_PUBLIC_URL with https://",
        )
    else:
        yield ok("address", f"people reach it at {settings.address}")
    if settings.demo:
        yield note("demo", "HALLWAY_DEMO is set, but has no effect on `hallway serve`", "unset it")


def _is_loopback(host: str) -> bool:
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def port(settings: Settings) -> Finding:
    """Whether Hallway answers there, or could."""
    where = f"{settings.host}, port {settings.port}"
    try:
        socket.create_server((settings.host, settings.port), reuse_port=False).close()
    except PermissionError:
        return problem("port", f"this user isn't allowed to listen on {where}", "set HALLWAY_PORT to 1024 or more")
    except OSError:
        return _answer(settings, where)
    return ok("port", f"{where} is free; Hallway isn't running")


def _answer(settings: Settings, where: str) -> Finding:
    """Return what the server that listens there says."""
    connection = HTTPConnection(settings.host, settings.port, timeout=PATIENCE)
    try:
        connection.request("GET", "/readyz")
        answer = connection.getresponse()
        if not _is_hallway(answer):
            return problem("port", f"another program is listening on {where}", "stop it, or set HALLWAY_PORT")
        if answer.status != HTTP_OK:
            return problem("port", f"Hallway is running but not ready: {answer.read().decode()}", "read its log")
    except (OSError, HTTPException) as failure:
        return problem("port", f"the program on {where} doesn't answer: {failure!r}", "stop it, or set HALLWAY_PORT")
    finally:
        connection.close()
    return ok("port", f"Hallway answers on {where}")


HTTP_OK = 200


def _is_hallway(answer: HTTPResponse) -> bool:
    return answer.getheader("X-Request-Id") is not None


def web_client() -> Finding:
    """Whether the package has what browsers load."""
    if (WEB / "index.html").is_file():
        return ok("web client", "included in the package")
    return problem("web client", "missing from the package", "python3 run.py --version")
