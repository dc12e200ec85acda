"""What `python3 run.py lock`, `sbom` and `audit` do."""

import argparse
import sys

from supply import audit, locks, sbom


def main(words: list[str]) -> int:
    """Do what was asked for."""
    parser = argparse.ArgumentParser(prog="python3 run.py", description=__doc__)
    asked = parser.add_subparsers(required=True, dest="word")
    lock = asked.add_parser("lock", help="pin what pyproject.toml asks for, by version and hash")
    lock.add_argument("--upgrade", nargs="*", metavar="PACKAGE", help="take newer versions, of these or of all")
    lock.set_defaults(run=lambda chosen: locks.lock(chosen.upgrade or (), upgrade_all=chosen.upgrade == []))
    asked.add_parser("sbom", help=f"write {sbom.PLACE.name}").set_defaults(run=lambda _: sbom.write())
    asked.add_parser("audit", help="ask what is known against the packages").set_defaults(run=lambda _: audit.audit())
    chosen = parser.parse_args(words)
    return chosen.run(chosen) or 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
