"""Runs Hallway from a clone of its repository, with nothing but Python 3.11 and git on the machine.

    python3 run.py demo     a demo academy, ready to try
    python3 run.py serve    a real, empty installation
    python3 run.py test     every check and test, with what they need
    python3 run.py bench    how fast it is, beside others

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
OLDEST = (3, 11)
# What the tests drive: a browser, and the servers that Hallway works with, from the system's own packages.
DEBIAN = {
    "chromium": ["chromium"],
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
    if words[:1] == ["test"]:
        install("test", "bench")
        install_servers()
        return subprocess.call([PYTHON, "-m", "tests", *words[1:]], cwd=ROOT)
    if words[:1] == ["bench"]:
        install("test", "bench")
        return subprocess.call([PYTHON, "-m", "bench", *words[1:]], cwd=ROOT)
    install()
    return subprocess.call([PYTHON, "-m", "hallway", *(words or ["--help"])])


def install(*extras: str) -> None:
    """Put Hallway into `.venv`, unless it is there as these sources say."""
    stamp = VENV / ".installed"
    wanted = f"{fingerprint()} {' '.join(extras)}".strip()
    if stamp.exists() and stamp.read_text("utf-8").startswith(wanted):
        return
    if not PYTHON.exists():
        print("Making the folder .venv…", flush=True)
        subprocess.run([sys.executable, "-m", "venv", VENV], check=True)
    print("Installing Hallway and building its web client. The first time this takes a minute or two…", flush=True)
    target = f".[{','.join(extras)}]" if extras else "."
    pip = [
        PYTHON,
        "-m",
        "pip",
        "install",
        "--quiet",
        "--disable-pip-version-check",
        "--constraint",
        "constraints.txt",
        "--editable",
        target,
    ]
    subprocess.run(pip, cwd=ROOT, check=True)
    stamp.write_text(wanted, "utf-8")


def fingerprint() -> str:
    """Changes when the dependencies or the web client change; the Python code itself is used where it lies."""
    digest = hashlib.sha256()
    files = [ROOT / "pyproject.toml", ROOT / "constraints.txt", ROOT / "hatch_build.py"]
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
        sys.exit(f"This failed: {' '.join(map(str, failure.cmd))}")
    except KeyboardInterrupt:
        sys.exit(130)
