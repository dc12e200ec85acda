"""Help for one user."""

from typing import Annotated

import typer

from hallway.adapters import RandomIds, SystemClock
from hallway.cli.choosing import Chosen, chosen_account
from hallway.cli.options import Data, value
from hallway.domain.audit import Action, Via
from hallway.domain.people import State
from hallway.settings import load
from hallway.storage.store import open_store
from hallway.usecases.access import access_notices, links, sessions
from hallway.usecases.access.records import Deed
from hallway.usecases.audit import trail
from hallway.usecases.audit.trail import Origin
from hallway.usecases.errors import Conflict, NotFound
from hallway.usecases.transaction import Transaction

commands = typer.Typer(help="Help one user from the command line.", no_args_is_help=True)


@commands.callback()
def _user() -> None:
    """Help one user from the command line."""


@commands.command("sign-in-link")
def sign_in_link(
    login: Annotated[str, typer.Argument(help="The user's login or email address.")],
    *,
    account: Chosen = None,
    data: Data = None,
) -> None:
    """Print a one-time link for choosing a new password."""
    settings = load(data=data)
    store = open_store(settings.database_url)

    def work(tx: Transaction) -> tuple[str, sessions.Issued]:
        chosen = chosen_account(tx, account)
        found = tx.people.by_login(chosen.id, login)
        if found is None:
            raise NotFound("user")
        if found.state is not State.ACTIVE:
            raise Conflict("not_active", "Activate this person first.")
        operator = Origin(account_id=found.account_id, via=Via.COMMAND)
        trail.record(tx, operator, Action.LINK_MADE, trail.user(found.id))
        clock, ids = SystemClock(), RandomIds()
        access_notices.note(tx, found, Deed.LINK_MADE, None, clock=clock, ids=ids)
        return chosen.url(settings.address), links.issue_link(tx, found.account_id, found.id, clock=clock, ids=ids)

    address, issued = value(store.write([work])[0])
    typer.echo(f"{address}/link/{issued.secret}")
