"""What stands for a person or a course wherever one is named."""

from hallway.transport.wire.fields import Frozen, Id, Role, State


class PersonCard(Frozen, frozen=True, kw_only=True):
    """A person as others see them; never their e-mail address. `photo` is the version of their picture, at
    `/api/v1/people/{id}/photo?v={photo}`, null while they have none.
    """

    id: Id
    name: str
    role: Role
    state: State
    title: str
    department: str | None
    photo: str | None


class CourseRef(Frozen, frozen=True):
    """A course, by name."""

    id: Id
    title: str
