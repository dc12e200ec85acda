"""How an account begins: the first run makes the first one and its owner, a set-up link the owner of one that was added."""

from dataclasses import dataclass, replace
from hmac import compare_digest

from hallway.domain.accounts import Account
from hallway.domain.audit import Action, Via
from hallway.domain.ids import AccountId, UserId
from hallway.domain.people import Role, State, User
from hallway.usecases import fields
from hallway.usecases.access.sessions import hashed
from hallway.usecases.accounts import keys
from hallway.usecases.audit import trail
from hallway.usecases.audit.trail import Origin
from hallway.usecases.errors import Conflict
from hallway.usecases.people.user_lists import UserFilter
from hallway.usecases.runtime import Ids
from hallway.usecases.transaction import Transaction

OWNERS = UserFilter(role=Role.OWNER)


@dataclass(frozen=True, slots=True, kw_only=True)
class Founding:
    """The answers that the first run asks for, and the address by which it is made; empty where the operator has set one."""

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
    """Make the first account and its owner. Raises Conflict when there is an account already."""
    tx.hold_founding()
    if tx.accounts.oldest() is not None:
        raise _already_set_up()
    account = Account(id=AccountId(ids.new()), name=founding.academy.strip())
    owner_id = _add_owner(tx, account, founding, password_hash, ids)
    if founding.address:
        tx.settings.set_secret(account.id, keys.ADDRESS, founding.address)
    return account.id, owner_id


def await_owner(tx: Transaction, account_id: AccountId, *, ids: Ids) -> str:
    """Make the token with which an account's owner sets it up; an earlier one is void. Raises Conflict when it has an owner."""
    if not awaits_owner(tx, account_id) and tx.people.count(account_id, OWNERS):
        raise _already_set_up()
    token = ids.secret()
    tx.settings.set_secret(account_id, keys.SET_UP, hashed(token))
    return token


def awaits_owner(tx: Transaction, account_id: AccountId) -> bool:
    """Return whether nobody has set the account up yet."""
    return bool(tx.settings.secret(account_id, keys.SET_UP))


def is_token_of(tx: Transaction, account_id: AccountId, token: str) -> bool:
    """Return whether an account that awaits its owner is set up with this token."""
    return compare_digest((tx.settings.secret(account_id, keys.SET_UP) or "").encode(), hashed(token).encode())


def found_owner(
    tx: Transaction, account_id: AccountId, founding: Founding, token: str, *, password_hash: str, ids: Ids
) -> UserId:
    """Make the owner of an account that awaits one, and name the account. Raises Conflict when it has an owner."""
    tx.hold_founding()
    account = tx.accounts.find(account_id)
    if account is None or not is_token_of(tx, account_id, token):
        raise _already_set_up()
    owner_id = _add_owner(tx, replace(account, name=founding.academy.strip()), founding, password_hash, ids)
    tx.settings.set_secret(account_id, keys.SET_UP, "")
    return owner_id


def _add_owner(tx: Transaction, account: Account, founding: Founding, password_hash: str, ids: Ids) -> UserId:
    owner_id = UserId(ids.new())
    tx.accounts.save(account)
    owner = User(
        account_id=account.id,
        id=owner_id,
        name=founding.name.strip(),
        email=founding.email,
        login=founding.login,
        role=Role.OWNER,
        state=State.ACTIVE,
    )
    tx.people.add([owner])
    tx.people.set_password(account.id, owner_id, password_hash)
    by = Origin(account_id=account.id, via=Via.WEB, user_id=owner_id)
    trail.record(tx, by, Action.ACCOUNT_SET_UP, trail.account(account.id), person_id=owner_id)
    return owner_id


def _already_set_up() -> Conflict:
    return Conflict("already_set_up", "Hallway is already set up. Sign in instead.")
