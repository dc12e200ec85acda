"""The options that several commands share, and what a work on the store answers."""

from typing import Annotated, TypeVar, cast

import typer

from hallway.usecases.transaction import Outcome

T = TypeVar("T")

Port = Annotated[int | None, typer.Option(help="The port to listen on; 8080 by default.")]
Host = Annotated[str | None, typer.Option(help="The address to listen on; 127.0.0.1 by default.")]
Data = Annotated[str | None, typer.Option(help="The data folder; hallway-data by default.")]
Workers = Annotated[int | None, typer.Option(help="The number of processes, with PostgreSQL; 1 by default.")]
Force = Annotated[bool, typer.Option("--force", help="Replace existing data.")]


def value(outcome: Outcome[T]) -> T:
    """Return what a work returned. Raises what it raised."""
    if outcome.failure is not None:
        raise outcome.failure
    return cast("T", outcome.value)
