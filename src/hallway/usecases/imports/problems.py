"""What can be wrong with a line of a file, beside what is wrong with a field in a form: a code, a sentence, its values."""

from collections.abc import Iterable

from hallway.domain.people import Role
from hallway.usecases.errors import Problem

LONGEST_SHOWN = 200
"""Characters of a path that a sentence repeats."""
_NOUNS = {"login": "login", "email": "email", "title": "title"}


def twice(column: str, line: int) -> Problem:
    """An earlier line of the file has it."""
    return Problem(column, "twice_in_file", f"Row {line} already has this {_NOUNS[column]}.", {"line": line})


def in_use(column: str) -> Problem:
    """Somebody has it: the same words as in the form."""
    return Problem(column, "in_use", f"This {_NOUNS[column]} is already in use.")


def no_role(grantable: Iterable[Role]) -> Problem:
    """It is no role that the one who imports may give."""
    roles = ", ".join(sorted(grantable))
    return Problem("role", "no_role", f"Use one of: {roles}.", {"roles": roles})


def role_not_yours() -> Problem:
    """The rules refuse it."""
    return Problem("role", "role_not_yours", "You can't give or take away this role, or change this person.")


def too_many_people() -> Problem:
    """The account has as many people as its operator granted."""
    return Problem("", "too_many_people", "This account has as many people as it may have.")


def no_state() -> Problem:
    """It is none that a file can set."""
    return Problem("state", "no_state", "Use active or inactive.")


def no_department(column: str, path: str) -> Problem:
    """There is none at this path, as far as the one who imports may know."""
    shown = path.strip()[:LONGEST_SHOWN]
    said = f"Department “{shown}” doesn't exist. Enter its path, such as Operations/Warehouse."
    return Problem(column, "no_department", said, {"path": shown})


def no_path() -> Problem:
    """It is no path of a department."""
    return Problem("department", "no_path", "Enter the department's path, such as Operations/Warehouse.")


def outside() -> Problem:
    """It is none of theirs."""
    return Problem("department", "outside_departments", "This is outside the departments you manage.")


def managers_not_yours() -> Problem:
    """Department administrators do not decide who manages."""
    return Problem(
        "manages", "managers_not_yours", "Only an account administrator can decide who manages a department."
    )


def no_supervisor() -> Problem:
    """There is no such person, as far as the one who imports may know."""
    said = "You don't administer an active person with this login. Leave the column out to keep the current supervisor."
    return Problem("supervisor", "no_supervisor", said)


def no_course() -> Problem:
    """There is none with this title."""
    return Problem("course", "no_course", "No course has this title.")


def no_person() -> Problem:
    """There is none with this login or address."""
    return Problem("login", "no_person", "Nobody has this login or email.")


def not_active() -> Problem:
    """An expert must be."""
    return Problem("login", "not_active", "Only an active person can be an expert.")


def not_stored() -> Problem:
    """The store refused it, whatever the reason."""
    return Problem("", "not_stored", "This row couldn't be stored. Try entering it by hand.")
