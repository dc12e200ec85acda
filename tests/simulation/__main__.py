"""More storms than the tests look at: `python -m tests.simulation --runs 100000 --from 1`.

`--sqlite` runs them over a file, `--postgres` over a server, and both ask the doctor after each; `--browsers` runs them with the web
client's own code. It stops at the first seed that fails,
leaves out every fault that it does not need, and prints what happened.
"""

import argparse
import logging
import sys
import time
import traceback
from contextlib import ExitStack
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import structlog

from tests.servers.postgres import Postgres
from tests.servers.programs import removing
from tests.simulation.doctor import finds_nothing
from tests.simulation.storms.browsers.browser import Browser
from tests.simulation.storms.browsers.host import Host
from tests.simulation.storms.faults import Faults, of
from tests.simulation.storms.runs import run
from tests.simulation.storms.shrinking import PassThrough, failure, shrunk
from tests.simulation.storms.stores import NewStore, in_memory, in_postgres, in_sqlite


def main() -> int:
    """Run as many storms as are asked for."""
    parser = argparse.ArgumentParser(prog="python -m tests.simulation", description=__doc__)
    parser.add_argument("--runs", type=int, default=2_000)
    parser.add_argument("--from", type=int, default=1, dest="first")
    parser.add_argument("--sqlite", action="store_true")
    parser.add_argument("--postgres", action="store_true")
    parser.add_argument("--browsers", action="store_true")
    asked = parser.parse_args()
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.CRITICAL))
    with ExitStack() as exits:
        if asked.browsers:
            pass_through = with_browsers(exits)
        elif asked.sqlite or asked.postgres:
            pass_through = in_sql(in_a_file(exits) if asked.sqlite else in_a_server(exits))
        else:
            pass_through = alone
        return look(pass_through, range(asked.first, asked.first + asked.runs))


def alone(seed: int, faults: Faults) -> None:
    """Over the memory store."""
    run(in_memory(), seed, faults)


def in_a_file(exits: ExitStack) -> NewStore:
    """Empty stores in SQLite."""
    return exits.enter_context(in_sqlite(Path(exits.enter_context(TemporaryDirectory()))))


def in_a_server(exits: ExitStack) -> NewStore:
    """Empty stores in PostgreSQL."""
    server = exits.enter_context(removing(Postgres()))
    return exits.enter_context(in_postgres(server.new_database()))


def in_sql(new_store: NewStore) -> PassThrough:
    """Over such stores, in which the doctor must find nothing afterwards."""

    def examined(seed: int, faults: Faults) -> None:
        store = new_store()
        run(store, seed, faults)
        finds_nothing(store)

    return examined


def with_browsers(exits: ExitStack) -> PassThrough:
    """With the web client's own code."""
    host = exits.enter_context(Host())

    def begun(seed: int, faults: Faults) -> None:
        host.begin(seed)
        run(in_memory(), seed, faults, partial(Browser, host=host))

    return begun


def look(pass_through: PassThrough, seeds: range) -> int:
    """Run the storms of these seeds until one fails."""
    began = time.process_time()
    for seed in seeds:
        if failure(pass_through, seed, of(seed)) is not None:
            show(pass_through, seed)
            return 1
    say(f"{len(seeds)} storms passed, {1000 * (time.process_time() - began) / len(seeds):.1f} ms each.")
    return 0


def show(pass_through: PassThrough, seed: int) -> None:
    """Print the smallest storm of a seed that fails, and how."""
    say(f"Seed {seed} fails. What remains when everything is left out that it does not need:")
    smallest = shrunk(pass_through, seed, of(seed))
    say("".join(traceback.format_exception(failure(pass_through, seed, smallest))))


def say(text: str) -> None:
    """A line to the terminal."""
    print(text, flush=True)  # noqa: T201 - it speaks to the terminal


if __name__ == "__main__":
    sys.exit(main())
