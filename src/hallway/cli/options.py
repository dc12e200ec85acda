"""The options that several commands share, and what a work on the store answers."""

from typing import Annotated, TypeVar, cast

import typer

from hallway.usecases.ports import Outcome

T = TypeVar("T")

Port = Annotated[int | None, typer.Option(help="The port to listen on; 8080 unless set.")]
Host = Annotated[str | None, typer.Option(help="The address to listen on; 127.0.0.1 unless set.")]
Data = Annotated[str | None, typer.Option(help="The folder that keeps everything; hallway-data unless set.")]
Workers = Annotated[int | None, typer.Option(help="How many processes serve, over PostgreSQL; 1 unless set.")]
Force = Annotated[bool, typer.Option("--force", help="Replace what is there already.")]


def value(outcome: Outcome[T]) -> T:
    """What a work returned. Raises what it raised."""
    if outcome.failure is not None:
        raise outcome.failure
    return cast("T", outcome.value)
