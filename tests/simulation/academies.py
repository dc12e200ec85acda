"""The random academies, stored: the facts of each as they are at the beginning."""

from hallway.domain.accounts import Account
from hallway.domain.courses import Course, Training
from hallway.domain.ids import UserId
from hallway.domain.people import Department, Role, State, User
from hallway.usecases.transaction import Transaction
from tests.school import NOON
from tests.simulation.facts import Facts
from tests.simulation.names import ELSEWHERE, NAMES, TITLES, Cast


def furnish(tx: Transaction, facts: Facts) -> None:
    """Everything that the facts tell of."""
    here = facts.cast.account_id
    tx.accounts.save(_account(facts))
    for number, (one, above) in enumerate(facts.above.items()):
        tx.departments.add(
            [
                Department(
                    account_id=here,
                    id=one,
                    name=f"Department {number}",
                    parent_id=above,
                    supervisor_id=facts.heads[one],
                )
            ]
        )
    tx.people.add([_user(facts, one) for one in facts.roles])
    for one, departments in facts.manages.items():
        tx.people.set_managed(here, one, departments)
    _teach(tx, facts)


def furnish_owner(tx: Transaction, cast: Cast) -> None:
    """An account of one person."""
    facts = Facts(cast, roles={cast.owner: Role.OWNER}, states={cast.owner: State.ACTIVE})
    tx.accounts.save(_account(facts))
    tx.people.add([_user(facts, cast.owner)])


def _account(facts: Facts) -> Account:
    """One is reached at the installation's address, the other at its own."""
    cast = facts.cast
    addresses = (f"http://{cast.host}",) if cast is ELSEWHERE else ()
    return Account(id=cast.account_id, name="Academy", messaging_on=facts.is_on, mode=facts.mode, addresses=addresses)


def _user(facts: Facts, one: UserId) -> User:
    login = NAMES[one].replace(" ", ".")
    return User(
        account_id=facts.cast.account_id,
        id=one,
        name=NAMES[one],
        email=f"{login}@academy.example",
        login=login,
        role=facts.roles[one],
        state=facts.states[one],
        department_id=facts.places.get(one),
        supervisor_id=facts.supervisors.get(one),
    )


def _teach(tx: Transaction, facts: Facts) -> None:
    here = facts.cast.account_id
    tx.courses.add([Course(account_id=here, id=one, title=TITLES[one]) for one in facts.cast.courses])
    tx.courses.enrol(here, sorted(facts.enrolled))
    tx.courses.assign(here, sorted(facts.experts), at=NOON)
    for number, (one, organizer) in enumerate(facts.organizers.items()):
        tx.trainings.add(Training(here, one, f"Training {number}", organizer))
    tx.trainings.attend(here, sorted(facts.attendees))
