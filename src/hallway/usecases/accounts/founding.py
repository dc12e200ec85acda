"""The first run: the account and its owner."""

from dataclasses import dataclass

from hallway.domain.accounts import Account
from hallway.domain.audit import Action, Via
from hallway.domain.ids import AccountId, UserId
from hallway.domain.people import Role, State, User
from hallway.usecases import fields
from hallway.usecases.accounts import keys
from hallway.usecases.audit import trail
from hallway.usecases.audit.trail import Origin
from hallway.usecases.errors import Conflict
from hallway.usecases.runtime import Ids
from hallway.usecases.transaction import Transaction


@dataclass(frozen=True, slots=True)
class Founding:
    """What the first run asks for, and the address by which it is made; empty where the operator has set one."""

    academy: str
    name: str
    email: str
    login: str
    address: str = ""


def check_founding(founding: Founding, password: str) -> None:
    """Raise Invalid unless an account can be founded with this."""
    fields.require_valid(
        fields.name("academy", founding.academy),
        fields.name("name", founding.name),
        fields.email("email", founding.email),
        fields.login("login", founding.login),
        fields.password("password", password),
    )


def found_account(tx: Transaction, founding: Founding, *, password_hash: str, ids: Ids) -> tuple[AccountId, UserId]:
    """The first run: the account and its owner. Raises Conflict when there is an account already."""
    tx.hold_founding()
    if tx.accounts.default() is not None:
        raise Conflict("already_set_up", "Hallway is already set up. Sign in instead.")
    account_id, owner_id = AccountId(ids.new()), UserId(ids.new())
    tx.accounts.save(Account(account_id, founding.academy.strip()))
    owner = User(account_id, owner_id, founding.name.strip(), founding.email, founding.login, Role.OWNER, State.ACTIVE)
    tx.people.add([owner])
    tx.people.set_password(account_id, owner_id, password_hash)
    if founding.address:
        tx.settings.set_secret(account_id, keys.ADDRESS, founding.address)
    by = Origin(account_id, Via.WEB, user_id=owner_id)
    trail.record(tx, by, Action.ACCOUNT_SET_UP, trail.account(account_id), person_id=owner_id)
    return account_id, owner_id
