"""The port to how an academy begins: what decides which first steps are done."""

from typing import Protocol

from hallway.domain.courses import Course
from hallway.domain.first_steps import Beginning
from hallway.domain.ids import AccountId


class Beginnings(Protocol):
    """The first steps of an account."""

    def facts(self, account_id: AccountId) -> Beginning:
        """What decides which first steps are done."""
        ...

    def first_course(self, account_id: AccountId) -> Course | None:
        """The course that was added first; one that has an expert goes before all others."""
        ...
