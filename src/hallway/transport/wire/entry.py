"""The bodies of coming in: the first run, signing in, one-time links, passwords. See `wire` for what holds for all."""

from datetime import datetime

from hallway.transport.wire.fields import Frozen, Id, Role, Secret, Short


class SignIn(Frozen, frozen=True):
    """`login` is a login or an email address."""

    login: Short
    password: Secret


class SetUp(Frozen, frozen=True, kw_only=True):
    """The first run: creates the account and its owner. `token` is what the server printed."""

    token: Secret
    academy: Short
    name: Short
    email: Short
    login: Short
    password: Secret


class EntryState(Frozen, frozen=True):
    """What the sign-in page needs before anyone has signed in. `has_mail` is whether a link for a forgotten password can be
    emailed.
    """

    academy: str | None
    needs_set_up: bool
    is_demo: bool
    has_mail: bool


class ForgottenPassword(Frozen, frozen=True):
    """A request for a sign-in link by email. `login` is a login or an email address."""

    login: Short


class LinkSecret(Frozen, frozen=True):
    """A one-time sign-in link to look at without using it."""

    token: Secret


class LinkPromise(Frozen, frozen=True):
    """A link's academy and person, when it expires, and whether the person has never signed in."""

    academy: str
    name: str
    expires_at: datetime | None
    is_first: bool


class DemoPerson(Frozen, frozen=True, kw_only=True):
    """A person of the demo academy, offered for one-click sign-in. `hint` says why to try them."""

    id: Id
    name: str
    role: Role
    title: str
    hint: str
    photo: str | None


class DemoSignIn(Frozen, frozen=True):
    """Sign in as a person of the demo academy; only while the server runs the demo."""

    user_id: Id


class ChoosePassword(Frozen, frozen=True):
    """Spend a one-time sign-in link."""

    token: Secret
    password: Secret


class ChangePassword(Frozen, frozen=True):
    """Change my password; all my other sessions end."""

    current: Secret
    password: Secret
