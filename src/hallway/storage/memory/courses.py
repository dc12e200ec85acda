"""Courses and trainings with their people, in dictionaries."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from hallway.domain.courses import Course, Training
from hallway.domain.ids import AccountId, CourseId, TrainingId, UserId
from hallway.domain.people import State, User
from hallway.domain.text import identity_key
from hallway.storage.memory.people import page_of
from hallway.storage.memory.tables import Tables, by_name, require


def _present(tables: Tables, account_id: AccountId, user_ids: Iterable[UserId]) -> Iterator[User]:
    """Yield those of the users who were not removed."""
    users = (tables.users[account_id, one] for one in user_ids)
    return (one for one in users if one.state is not State.REMOVED)


class MemoryCourses:
    """`ports.Courses` over tables."""

    def __init__(self, tables: Tables) -> None:
        """Keep the tables of the transaction."""
        self._tables = tables

    def find(self, account_id: AccountId, course_id: CourseId) -> Course | None:
        """Return the course with this id, or None."""
        return self._tables.courses.get((account_id, course_id))

    def titles(self, account_id: AccountId, course_ids: Collection[CourseId]) -> Mapping[CourseId, str]:
        """Return the titles of those courses that are there."""
        return {one.id: one.title for one in self.all(account_id) if one.id in course_ids}

    def all(self, account_id: AccountId) -> Sequence[Course]:
        """Return all courses, by title."""
        mine = (one for one in self._tables.courses.values() if one.account_id == account_id)
        return sorted(mine, key=lambda one: (one.title, one.id))

    def by_titles(self, account_id: AccountId, titles: Collection[str]) -> Mapping[str, Course]:
        """Return courses by the identity key of their title."""
        wanted = set(map(identity_key, titles))
        return {key: one for one in self.all(account_id) if (key := identity_key(one.title)) in wanted}

    def of(self, account_id: AccountId, user_id: UserId) -> Sequence[Course]:
        """Return the courses of a learner or expert, by title."""
        pairs = self._tables.enrolments | self._tables.experts.keys()
        return [one for one in self.all(account_id) if (account_id, one.id, user_id) in pairs]

    def experts(self, account_id: AccountId, course_ids: Collection[CourseId]) -> Mapping[CourseId, Sequence[User]]:
        """Return the experts of each course, by name; courses without any are missing."""
        found = {one: self._people(self._tables.experts, account_id, one) for one in set(course_ids)}
        return {one: sorted(users, key=by_name) for one, users in found.items() if users}

    def expert_since(
        self, account_id: AccountId, user_id: UserId, course_ids: Collection[CourseId]
    ) -> Mapping[CourseId, datetime]:
        """Return since when somebody has been an expert of courses."""
        keys = {one: (account_id, one, user_id) for one in course_ids}
        return {one: self._tables.experts[key] for one, key in keys.items() if key in self._tables.experts}

    def _people(
        self, pairs: Iterable[tuple[AccountId, CourseId, UserId]], account_id: AccountId, course_id: CourseId
    ) -> list[User]:
        return list(_present(self._tables, account_id, (one[2] for one in pairs if one[:2] == (account_id, course_id))))

    def enrolled(
        self, account_id: AccountId, course_id: CourseId, *, after: tuple[str, str] | None, limit: int
    ) -> Sequence[User]:
        """Return enrolled users, by name."""
        return page_of(iter(self._people(self._tables.enrolments, account_id, course_id)), after, limit)

    def enrolled_ids(self, account_id: AccountId, course_id: CourseId) -> frozenset[UserId]:
        """Return the ids of everyone who is enrolled."""
        return frozenset(one[2] for one in self._tables.enrolments if one[:2] == (account_id, course_id))

    def enrolment_counts(self, account_id: AccountId) -> Mapping[CourseId, int]:
        """Count who is enrolled in each course; a removed person does not count."""
        pairs = (one for one in self._tables.enrolments if one[0] == account_id)
        return Counter(course for _, course, user in pairs if list(_present(self._tables, account_id, [user])))

    def add(self, courses: Sequence[Course]) -> None:
        """Store new courses."""
        for one in courses:
            require(one.account_id in self._tables.accounts)
            require((one.account_id, one.id) not in self._tables.courses)
            self._tables.courses[one.account_id, one.id] = one

    def save(self, changed: Course) -> None:
        """Change a course."""
        if self.find(changed.account_id, changed.id) is not None:
            self._tables.courses[changed.account_id, changed.id] = changed

    def remove(self, account_id: AccountId, course_id: CourseId) -> None:
        """Remove a course with its enrolments and experts."""
        self._tables.courses.pop((account_id, course_id), None)
        self._tables.enrolments -= {one for one in self._tables.enrolments if one[:2] == (account_id, course_id)}
        for one in [one for one in self._tables.experts if one[:2] == (account_id, course_id)]:
            del self._tables.experts[one]

    def enrol(self, account_id: AccountId, pairs: Iterable[tuple[CourseId, UserId]]) -> None:
        """Enrol people."""
        self._tables.enrolments |= self._checked(account_id, pairs)

    def withdraw(self, account_id: AccountId, course_id: CourseId, user_id: UserId) -> None:
        """Delete an enrolment."""
        self._tables.enrolments.discard((account_id, course_id, user_id))

    def assign(self, account_id: AccountId, pairs: Iterable[tuple[CourseId, UserId]], *, at: datetime) -> None:
        """Make people experts."""
        self._tables.experts = dict.fromkeys(self._checked(account_id, pairs), at) | self._tables.experts

    def unassign(self, account_id: AccountId, course_id: CourseId, user_id: UserId) -> None:
        """Delete an expert of a course."""
        self._tables.experts.pop((account_id, course_id, user_id), None)

    def _checked(
        self, account_id: AccountId, pairs: Iterable[tuple[CourseId, UserId]]
    ) -> set[tuple[AccountId, CourseId, UserId]]:
        found = {(account_id, *pair) for pair in pairs}
        require(all((one[0], one[1]) in self._tables.courses for one in found))
        require(all((one[0], one[2]) in self._tables.users for one in found))
        return found


class MemoryTrainings:
    """`ports.Trainings` over tables."""

    def __init__(self, tables: Tables) -> None:
        """Keep the tables of the transaction."""
        self._tables = tables

    def find(self, account_id: AccountId, training_id: TrainingId) -> Training | None:
        """Return the training with this id, or None."""
        return self._tables.trainings.get((account_id, training_id))

    def all(self, account_id: AccountId) -> Sequence[Training]:
        """Return all trainings, by title."""
        mine = (one for one in self._tables.trainings.values() if one.account_id == account_id)
        return sorted(mine, key=lambda one: (one.title, one.id))

    def attendees(self, account_id: AccountId, training_id: TrainingId) -> Sequence[User]:
        """Return the people who attend, by name; removed ones are missing."""
        ids = (one[2] for one in self._tables.attendees if one[:2] == (account_id, training_id))
        return sorted(_present(self._tables, account_id, ids), key=by_name)

    def add(self, added: Training) -> None:
        """Store a new training."""
        require((added.account_id, added.id) not in self._tables.trainings)
        require((added.account_id, added.organizer_id) in self._tables.users)
        self._tables.trainings[added.account_id, added.id] = added

    def save(self, changed: Training) -> None:
        """Change a training."""
        require((changed.account_id, changed.organizer_id) in self._tables.users)
        if self.find(changed.account_id, changed.id) is not None:
            self._tables.trainings[changed.account_id, changed.id] = changed

    def remove(self, account_id: AccountId, training_id: TrainingId) -> None:
        """Remove a training with its attendees."""
        self._tables.trainings.pop((account_id, training_id), None)
        self._tables.attendees -= {one for one in self._tables.attendees if one[:2] == (account_id, training_id)}

    def attend(self, account_id: AccountId, pairs: Iterable[tuple[TrainingId, UserId]]) -> None:
        """Add people to those who attend."""
        found = {(account_id, *pair) for pair in pairs}
        require(all((one[0], one[1]) in self._tables.trainings for one in found))
        require(all((one[0], one[2]) in self._tables.users for one in found))
        self._tables.attendees |= found

    def leave(self, account_id: AccountId, training_id: TrainingId, user_id: UserId) -> None:
        """Remove somebody from those who attend."""
        self._tables.attendees.discard((account_id, training_id, user_id))
