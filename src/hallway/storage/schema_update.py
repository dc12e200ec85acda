"""What an update of the schema will do, and about how long it will take: told before anybody has to wait for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from alembic.config import Config
from alembic.script import ScriptDirectory
from sqlalchemy import Engine, text

from hallway.storage.migrate import NEWEST, refuse_newer, revision_of

MILLION = 1_000_000


@dataclass(frozen=True, slots=True)
class Step:
    """A revision that the database does not have yet: its number, what it does, and about how many seconds it takes."""

    revision: str
    purpose: str
    seconds: float


@dataclass(frozen=True, slots=True)
class SchemaUpdate:
    """The update of a database between two revisions, step by step; `present` is None for an empty database."""

    present: str | None
    to: str
    messages: int
    steps: Sequence[Step]

    @property
    def seconds(self) -> float:
        """The seconds, roughly, in which nobody can read or write."""
        return sum(step.seconds for step in self.steps)


def foreseen(engine: Engine) -> SchemaUpdate:
    """Work out what an update would do, without changing anything. Raises SchemaTooNew."""
    with engine.connect() as connection:
        refuse_newer(connection)
        present = revision_of(connection)
        counted = "SELECT COALESCE(SUM(last_seq), 0) FROM conversation"
        messages = 0 if present is None else int(connection.execute(text(counted)).scalar_one())
    return SchemaUpdate(present, NEWEST, messages, _steps(present, messages, engine.dialect.name))


def _steps(present: str | None, messages: int, dialect: str) -> Sequence[Step]:
    """List the steps; each revision says in SECONDS_PER_MILLION what a million messages take on each kind of database."""
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    scripts = ScriptDirectory.from_config(config)
    steps: list[Step] = []
    for script in scripts.iterate_revisions(NEWEST, present or "base"):
        for_a_million: float = getattr(script.module, "SECONDS_PER_MILLION", {}).get(dialect, 0.0)
        steps.append(Step(script.revision, script.doc, for_a_million * messages / MILLION))
    return steps[::-1]
