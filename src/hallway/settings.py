"""The settings of an installation: from HALLWAY_… variables, then a TOML file, then the defaults below."""

import os
import tomllib
from collections.abc import Mapping
from email.utils import parseaddr
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

import msgspec

PREFIX = "HALLWAY_"
CONFIG = f"{PREFIX}CONFIG"
"""The variable that names the file."""
MIGRATE_TO = f"{PREFIX}MIGRATE_TO"
"""The variable that holds where `hallway migrate-store` goes; no setting, for it is needed once."""
SECRETS = frozenset({"database", "metrics_token", "broker", "set_up_token", "smtp", "mail_in", "messenger", "channels"})
"""Settings that nobody is shown."""


PUSH_SERVICES = (
    "https://fcm.googleapis.com https://*.push.services.mozilla.com"
    " https://*.notify.windows.com https://*.push.apple.com"
)
"""Where the browsers of the world take pushes: Chromium's, Firefox's, Edge's, Safari's."""


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What an operator decides. docs/settings.md explains each one."""

    data: str = "hallway-data"
    database: str = ""
    host: str = "127.0.0.1"
    port: Annotated[int, msgspec.Meta(ge=0, le=65535)] = 8080
    public_url: str = ""
    other_urls: Annotated[str, msgspec.Meta(pattern=r"^\s*(https?://[^/\s]+/?(\s+|$))*$")] = ""
    session_days: Annotated[int, msgspec.Meta(ge=1, le=365)] = 30
    password_memory_kib: Annotated[int, msgspec.Meta(ge=8)] = 65536
    sign_in_attempts_per_minute: Annotated[int, msgspec.Meta(ge=1)] = 10
    messages_per_minute: Annotated[int, msgspec.Meta(ge=1)] = 120
    trusted_proxies: str = "127.0.0.1"
    forwarded_host: bool = False
    log_format: Literal["text", "json"] = "text"
    metrics_token: Annotated[str, msgspec.Meta(pattern="^(.{16,})?$")] = ""
    metrics_per_account: bool = False
    broker: Annotated[str, msgspec.Meta(pattern="^(|in-process|postgresql|(nats|tls)://[^ ]+)$")] = ""
    drain_seconds: Annotated[int, msgspec.Meta(ge=0, le=300)] = 0
    workers: Annotated[int, msgspec.Meta(ge=1, le=64)] = 1
    set_up_token: Annotated[str, msgspec.Meta(pattern="^(.{16,})?$")] = ""
    smtp: Annotated[str, msgspec.Meta(pattern="^(smtps?://[^ ]+)?$")] = ""
    mail_from: Annotated[str, msgspec.Meta(pattern="^([^@]+@[^@]+)?$")] = ""
    mail_replies: Annotated[str, msgspec.Meta(pattern="^([^@ +]{1,20}@[^@ ]+)?$")] = ""
    mail_in: Annotated[str, msgspec.Meta(pattern="^((smtp|lmtp|imaps?)://[^ ]+)?$")] = ""
    mail_trusts: Annotated[str, msgspec.Meta(pattern="^[^ ;]*$")] = ""
    push_services: str = PUSH_SERVICES
    messenger: str = ""
    channels: dict[str, dict[str, str]] = {}
    files: Annotated[str, msgspec.Meta(pattern="^((s3|az|gs)://[^ /]+(/[^ ]*)?|[^:]*)$")] = ""
    file_quota_mb: Annotated[int, msgspec.Meta(ge=0, le=1_000_000_000)] = 0
    scanner: Annotated[str, msgspec.Meta(pattern="^(tcp://[^ /]+|unix:/[^ ]+)?$")] = ""
    scanner_away: Literal["wait", "let_through"] = "wait"
    link_previews: Literal["on", "off"] = "on"
    demo: bool = False

    @property
    def database_url(self) -> str:
        """The URL of the database: as set, else a SQLite file in the data directory."""
        return self.database or f"sqlite:///{self.default_file}"

    @property
    def default_file(self) -> Path:
        """The SQLite file in the data directory."""
        return Path(self.data).absolute() / "hallway.db"

    @property
    def pub_sub(self) -> str:
        """The carrier of events between processes: as set, else nothing with SQLite, and PostgreSQL itself with it."""
        return self.broker or ("postgresql" if self.database.startswith("postgres") else "in-process")

    @property
    def sender_address(self) -> str:
        """The bare address that mails come from; empty where none are sent."""
        return parseaddr(self.mail_from)[1]

    @property
    def address(self) -> str:
        """The address at which people reach this installation, without a slash at the end."""
        return (self.public_url or f"http://{self.host}:{self.port}").rstrip("/")


class BadSettings(Exception):  # noqa: N818 - says what is the matter
    """A setting cannot be used; the text is one line for the operator."""


def load(environment: Mapping[str, str] = os.environ, **overrides: object) -> Settings:
    """Load the settings in force; `overrides` (from the command line) take precedence. Raises BadSettings."""
    values: dict[str, Any] = {}
    path = environment.get(CONFIG)
    if path:
        values |= _from_file(Path(path))
    names = Settings.__struct_fields__
    known = {PREFIX + name.upper() for name in names} | {CONFIG, MIGRATE_TO}
    for unknown in sorted(name for name in environment if name.startswith(PREFIX) and name not in known):
        message = f"Settings: {unknown} is unknown. See docs/settings.md for all settings."
        raise BadSettings(message)
    values |= {name: environment[PREFIX + name.upper()] for name in names if PREFIX + name.upper() in environment}
    values |= _channels(values.get("channels"))
    values |= {name: value for name, value in overrides.items() if value is not None}
    try:
        found = msgspec.convert(values, Settings, strict=False)
    except msgspec.ValidationError as wrong:
        message = f"Settings: {wrong}"
        raise BadSettings(message) from wrong
    _require_whole(found)
    _require_addresses(found)
    return found


def _channels(value: object) -> Mapping[str, object]:
    """Decode the settings of channels, which a variable holds as JSON. Raises BadSettings."""
    if not isinstance(value, str):
        return {}
    try:
        return {"channels": msgspec.json.decode(value)}
    except msgspec.DecodeError as wrong:
        message = f"Settings: {PREFIX}CHANNELS isn't JSON: {wrong}"
        raise BadSettings(message) from wrong


def _require_whole(found: Settings) -> None:
    """Raise BadSettings where one setting lacks another."""
    for one, needed in (("smtp", "mail_from"), ("mail_in", "mail_replies"), ("mail_in", "smtp")):
        if getattr(found, one) and not getattr(found, needed):
            message = f"Settings: {PREFIX}{one.upper()} also needs {PREFIX}{needed.upper()}."
            raise BadSettings(message)


def _require_addresses(found: Settings) -> None:
    """Raise BadSettings for an invalid address; its text is not repeated, since it may hold a password."""
    for name in ("public_url", "smtp", "mail_in", "broker", "scanner"):
        for address in str(getattr(found, name)).split(","):
            try:
                _ = urlsplit(address).port
            except ValueError:
                message = f"Settings: {PREFIX}{name.upper()} isn't a valid address."
                raise BadSettings(message) from None


def _from_file(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError, RecursionError) as wrong:  # not TOML, not UTF-8, brackets in brackets in brackets
        message = f"Settings file {path}: {wrong}"
        raise BadSettings(message) from wrong
