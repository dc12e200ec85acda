"""Hunts for inputs that a parser stumbles over, guided by what they make it run: `python -m tests.fuzz.hunt PARSER FOLDER SECONDS`.

It is a process of its own, because the hunter (atheris, which is LLVM's libFuzzer) ends its process with the first input
that it finds, and leaves that as a file. `tests.fuzz.__main__` starts it again until the time is over.
"""

import sys
from pathlib import Path

import atheris

SLOW_SECONDS = 60
"""What takes longer for one input is a find, too. A busy machine is slow, and so is a library that counts what it runs; a
pattern that is super-linear is slower."""
MOST_MEMORY_MIB = 2048


def main(name: str, folder: Path, seconds: int) -> None:
    """Hunt for so long, or until something is found."""
    with atheris.instrument_imports(include=["hallway", "email_validator", "email", "openpyxl", "csv", "tomllib"]):
        from tests.fuzz.parsers import PARSERS  # noqa: PLC0415 - after the hunter, which instruments what is imported
        from tests.fuzz.seeds import failed, seeds  # noqa: PLC0415
    parser = PARSERS[name]
    corpus, finds = folder / "corpus", folder / "finds"
    for place in (corpus, finds):
        place.mkdir(parents=True, exist_ok=True)
    for where, content in {**seeds(name), **failed(name)}.items():
        (corpus / where.replace(" ", "-")).write_bytes(content)
    options = [
        f"-max_total_time={seconds}",
        f"-max_len={parser.longest}",
        f"-timeout={SLOW_SECONDS}",
        f"-report_slow_units={SLOW_SECONDS}",
        f"-rss_limit_mb={MOST_MEMORY_MIB}",
        f"-artifact_prefix={finds}/",
        "-print_final_stats=1",
        str(corpus),
    ]
    atheris.Setup([sys.argv[0], *options], parser.parse)
    atheris.Fuzz()


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]), int(sys.argv[3]))
