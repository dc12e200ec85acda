"""Runs Hallway from a clone of its repository, with nothing but Python 3.11 and git on the machine.

    python3 run.py demo     a demo academy, ready to try
    python3 run.py serve    a real, empty installation
    python3 run.py test     every check and test, with what they need
    python3 run.py bench    how fast it is, beside others
    python3 run.py sbom     the list of all that is in it, for programs
    python3 run.py audit    what is known against what is in it
    python3 run.py lock     pin what pyproject.toml asks for, by version and hash

Everything is installed into the folder `.venv` beside this file. Any other word is given to `hallway`.
"""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
LOCKS = ROOT / "supply" / "locks"
OLDEST = (3, 11)
MODULES = {
    "test": ["tests"],
    "bench": ["bench"],
    "sbom": ["supply", "sbom"],
    "audit": ["supply", "audit"],
    "lock": ["supply", "lock"],
}
"""The words that are not Hallway's own, and the module that each one runs."""
# What the tests drive: a browser, and the servers that Hallway works with, from the system's own packages.
DEBIAN = {
    "chromium": ["chromium"],
    "clamav-daemon": ["clamd"],
    "chromium-headless-shell": ["chromium-headless-shell"],
    "dovecot-imapd": ["/usr/lib/dovecot/imap"],
    "nats-server": ["nats-server"],
    "nginx-light": ["/usr/sbin/nginx"],
    "systemd": ["systemd-analyze"],
    "postgresql": [
        "/usr/lib/postgresql/15/bin/postgres",
        "/usr/lib/postgresql/16/bin/postgres",
        "/usr/lib/postgresql/17/bin/postgres",
    ],
}


def main(words: list[str]) -> int:
    """Install what is missing, then do it."""
    if sys.version_info < OLDEST:
        sys.exit("Hallway needs Python 3.11 or newer.")
    module = MODULES.get(words[0]) if words else None
    if module is None:
        install("run")
        return subprocess.call([PYTHON, "-m", "hallway", *(words or ["--help"])])
    install("test")
    if module == ["tests"]:
        install_servers()
    return subprocess.call([PYTHON, "-m", *module, *words[1:]], cwd=ROOT)


def install(lock: str) -> None:
    """Put what a lock names, and then Hallway itself, into `.venv`, unless it is there as these sources say."""
    stamp, sources = VENV / ".installed", fingerprint()
    if stamp.exists() and stamp.read_text("utf-8") in {f"{sources} {lock}", f"{sources} test"}:
        return
    if not PYTHON.exists():
        print("Creating the folder .venv…", flush=True)
        subprocess.run([sys.executable, "-m", "venv", VENV], check=True)
    print("Installing Hallway and building its web client. The first time this takes a minute or two…", flush=True)
    pip_install("--require-hashes", "--requirement", LOCKS / "build.txt")
    # What is published as source alone is built with the tools that were just checked. By itself pip would fetch others.
    pip_install("--require-hashes", "--no-build-isolation", "--requirement", LOCKS / f"{lock}.txt")
    pip_install("--no-deps", "--no-build-isolation", "--editable", ".")
    stamp.write_text(f"{sources} {lock}", "utf-8")


def pip_install(*words: str | Path) -> None:
    """Let pip do it, and say only what went wrong."""
    command = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", *words]
    subprocess.run(command, cwd=ROOT, check=True)


def fingerprint() -> str:
    """Changes when the dependencies or the web client change; the Python code itself is used where it lies."""
    digest = hashlib.sha256()
    files = [ROOT / "pyproject.toml", *sorted(LOCKS.iterdir()), ROOT / "hatch_build.py"]
    client = (file for file in (ROOT / "client").rglob("*") if "node_modules" not in file.parts and file.is_file())
    for file in [*files, *sorted(client)]:
        digest.update(file.read_bytes())
    return digest.hexdigest()


def install_servers() -> None:
    """Install the browser and PostgreSQL from Debian's packages where they are missing."""
    missing = [name for name, programs in DEBIAN.items() if not any(shutil.which(one) for one in programs)]
    if not missing:
        return
    if shutil.which("apt-get") is None:
        sys.exit(f"The tests need {' and '.join(missing)}. Please install them first.")
    print(f"Installing {' and '.join(missing)} for the tests…", flush=True)
    as_root = [] if os.geteuid() == 0 else ["sudo"]
    environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    quiet = ["-qq", "-o", "Dpkg::Use-Pty=0"]
    subprocess.run([*as_root, "apt-get", *quiet, "update"], check=True, env=environment, stdout=subprocess.DEVNULL)
    command = [*as_root, "apt-get", *quiet, "install", "--yes", "--no-install-recommends", *missing]
    subprocess.run(command, check=True, env=environment, stdout=subprocess.DEVNULL)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except subprocess.CalledProcessError as failure:
        sys.exit(f"Command failed: {' '.join(map(str, failure.cmd))}")
    except KeyboardInterrupt:
        sys.exit(130)
