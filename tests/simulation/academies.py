"""A random academy, stored: the facts as they are at the beginning, and a stranger's account beside it."""

from hallway.domain.accounts import Account
from hallway.domain.courses import Course, Training
from hallway.domain.ids import UserId
from hallway.domain.people import Department, Role, User
from hallway.usecases.transaction import Transaction
from tests.school import NOON
from tests.simulation.facts import Facts
from tests.simulation.names import ELSEWHERE, HERE, NAMES, STRANGER, TITLES


def furnish(tx: Transaction, facts: Facts) -> None:
    """Everything that the facts tell of."""
    tx.accounts.save(Account(id=HERE, name="Here", messaging_on=facts.is_on, mode=facts.mode))
    for number, (one, above) in enumerate(facts.above.items()):
        tx.departments.add(
            [
                Department(
                    account_id=HERE,
                    id=one,
                    name=f"Department {number}",
                    parent_id=above,
                    supervisor_id=facts.heads[one],
                )
            ]
        )
    tx.people.add([_user(facts, one) for one in facts.roles])
    for one, departments in facts.manages.items():
        tx.people.set_managed(HERE, one, departments)
    _teach(tx, facts)
    tx.accounts.save(Account(id=ELSEWHERE, name="Elsewhere", addresses=("http://localhost",)))
    tx.people.add(
        [
            User(
                account_id=ELSEWHERE,
                id=STRANGER,
                name="Ana Lee",
                email="ana@else.example",
                login="ana",
                role=Role.OWNER,
            )
        ]
    )


def _user(facts: Facts, one: UserId) -> User:
    login = NAMES[one].replace(" ", ".")
    return User(
        account_id=HERE,
        id=one,
        name=NAMES[one],
        email=f"{login}@here.example",
        login=login,
        role=facts.roles[one],
        state=facts.states[one],
        department_id=facts.places[one],
        supervisor_id=facts.supervisors[one],
    )


def _teach(tx: Transaction, facts: Facts) -> None:
    tx.courses.add([Course(account_id=HERE, id=one, title=title) for one, title in TITLES.items()])
    tx.courses.enrol(HERE, sorted(facts.enrolled))
    tx.courses.assign(HERE, sorted(facts.experts), at=NOON)
    for number, (one, organizer) in enumerate(facts.organizers.items()):
        tx.trainings.add(Training(HERE, one, f"Training {number}", organizer))
    tx.trainings.attend(HERE, sorted(facts.attendees))
