"""What Hallway says of itself: version, settings, API."""

from typing import Annotated

import msgspec
import typer

from hallway import __version__, app
from hallway.cli.options import Data
from hallway.settings import SECRETS, Settings, load
from hallway.transport import openapi as api_description


def version(
    *, show: Annotated[bool, typer.Option("--version", help="Print the version and exit.", is_eager=True)] = False
) -> None:
    """Messaging for learning platforms."""
    if show:
        typer.echo(f"hallway {__version__}")
        raise typer.Exit


def settings(*, data: Data = None) -> None:
    """Print the current settings, without secrets."""
    found = load(data=data)
    for name in Settings.__struct_fields__:
        value = getattr(found, name)
        shown = "(set)" if name in SECRETS and value else value
        typer.echo(f"{name} = {msgspec.json.encode(shown).decode()}")


def openapi() -> None:
    """Print the API's OpenAPI document."""
    typer.echo(api_description.printed(app.sketch()))
