"""What can be wrong with a line of a file, beside what is wrong with a field in a form: a code, a sentence, its values."""

from collections.abc import Iterable

from hallway.domain.people import Role
from hallway.usecases.errors import Problem

LONGEST_SHOWN = 200
"""Characters of a path that a sentence repeats."""
_NOUNS = {"login": "login", "email": "email", "title": "title"}


def twice(column: str, line: int) -> Problem:
    """Say that an earlier line of the file has the same value."""
    return Problem(column, "twice_in_file", f"Row {line} already has this {_NOUNS[column]}.", {"line": line})


def in_use(column: str) -> Problem:
    """Say that somebody has this value already, in the same words as in the form."""
    return Problem(column, "in_use", f"This {_NOUNS[column]} is already in use.")


def no_role(grantable: Iterable[Role]) -> Problem:
    """Say that this is no role that the importing person may give."""
    roles = ", ".join(sorted(grantable))
    return Problem("role", "no_role", f"Use one of: {roles}.", {"roles": roles})


def role_not_yours() -> Problem:
    """Say that the rules refuse the role."""
    return Problem("role", "role_not_yours", "You can't give or take away this role, or change this person.")


def too_many_people() -> Problem:
    """Say that the account has as many people as its operator granted."""
    return Problem("", "too_many_people", "This account has as many people as it may have.")


def no_state() -> Problem:
    """Say that this is no state that a file can set."""
    return Problem("state", "no_state", "Use active or inactive.")


def no_department(column: str, path: str) -> Problem:
    """Say that there is no department at this path, as far as the importing person may know."""
    shown = path.strip()[:LONGEST_SHOWN]
    said = f"Department “{shown}” doesn't exist. Enter its path, such as Operations/Warehouse."
    return Problem(column, "no_department", said, {"path": shown})


def no_path() -> Problem:
    """Say that this is no path of a department."""
    return Problem("department", "no_path", "Enter the department's path, such as Operations/Warehouse.")


def outside() -> Problem:
    """Say that the department is outside those that the importing person manages."""
    return Problem("department", "outside_departments", "This is outside the departments you manage.")


def managers_not_yours() -> Problem:
    """Say that department administrators do not decide who manages."""
    return Problem(
        "manages", "managers_not_yours", "Only an account administrator can decide who manages a department."
    )


def no_supervisor() -> Problem:
    """Say that there is no such person, as far as the importing person may know."""
    said = "You don't administer an active person with this login. Leave the column out to keep the current supervisor."
    return Problem("supervisor", "no_supervisor", said)


def no_course() -> Problem:
    """Say that there is no course with this title."""
    return Problem("course", "no_course", "No course has this title.")


def no_person() -> Problem:
    """Say that there is no person with this login or address."""
    return Problem("login", "no_person", "Nobody has this login or email.")


def not_active() -> Problem:
    """Say that an expert must be active."""
    return Problem("login", "not_active", "Only an active person can be an expert.")


def not_stored() -> Problem:
    """Say that the store refused the line, whatever the reason."""
    return Problem("", "not_stored", "This row couldn't be stored. Try entering it by hand.")
