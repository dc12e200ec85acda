"""Patches: each changes exactly the fields that are given, and there is one for all that the wire lets one change."""

from dataclasses import fields
from datetime import timedelta
from typing import Any

import msgspec
import pytest

from hallway.domain.accounts import Account, Mode
from hallway.domain.courses import Course, Training
from hallway.domain.ids import AccountId, CourseId, DepartmentId, TrainingId, UserId
from hallway.domain.people import Department, Role, User
from hallway.transport.wire import admin as wire_admin
from hallway.usecases.accounts.settings import AccountPatch
from hallway.usecases.learning.teaching import CoursePatch, TrainingPatch
from hallway.usecases.people.departments import DepartmentPatch
from hallway.usecases.people.users import UserPatch

HERE = AccountId("here")
NEW: dict[str, object] = {
    "role": Role.AUTHOR,
    "lessons": ("One", "Two"),
    "mode": Mode.OPEN,
    "messaging_on": False,
    "delete_for_everyone": timedelta(hours=1),
    "links_by_confirmation": True,
    "typing_on": True,
    "preview_hosts": ("example.org",),
}
CASES: dict[type[Any], tuple[Any, type[msgspec.Struct], dict[str, str]]] = {
    UserPatch: (
        User(
            account_id=HERE,
            id=UserId("one"),
            name="Ada",
            email="ada@school.example",
            login="ada",
            department_id=DepartmentId("a"),
        ),
        wire_admin.UserChange,
        {"manages": ""},
    ),
    DepartmentPatch: (
        Department(
            account_id=HERE, id=DepartmentId("a"), name="A", parent_id=DepartmentId("b"), supervisor_id=UserId("one")
        ),
        wire_admin.DepartmentChange,
        {},
    ),
    CoursePatch: (
        Course(account_id=HERE, id=CourseId("c"), title="Biology", description="Life", lessons=("Cells",)),
        wire_admin.CourseChange,
        {},
    ),
    TrainingPatch: (Training(HERE, TrainingId("t"), "Webinar", UserId("one")), wire_admin.TrainingChange, {}),
    AccountPatch: (
        Account(id=HERE, name="Here"),
        wire_admin.SettingsChange,
        {"academy": "name", "delete_for_everyone_seconds": "delete_for_everyone"},
    ),
}
"""A record for each patch, the body that changes it, and which field of the body has another name, or a way of its own."""


@pytest.mark.parametrize("kind", CASES)
def test_each_field_changes_itself_alone(kind: type[Any]) -> None:
    record = CASES[kind][0]
    assert kind().of(record) == record
    for one in fields(kind):
        value = NEW.get(one.name, "new")
        changed = kind(**{one.name: value}).of(record)
        others = {each.name: getattr(record, each.name) for each in fields(record) if each.name != one.name}
        assert getattr(changed, one.name) == value != getattr(record, one.name)
        assert {name: getattr(changed, name) for name in others} == others


@pytest.mark.parametrize("kind", [UserPatch, DepartmentPatch])
def test_what_is_given_as_nothing_is_taken_away(kind: type[Any]) -> None:
    record = CASES[kind][0]
    for name in {one.name for one in fields(kind)} & {"department_id", "supervisor_id", "parent_id"}:
        assert getattr(kind(**{name: None}).of(record), name) is None


@pytest.mark.parametrize("kind", CASES)
def test_what_the_wire_lets_one_change_is_what_a_patch_changes(kind: type[Any]) -> None:
    _, body, named = CASES[kind]
    told = {named.get(name, name) for name in body.__struct_fields__} - {""}
    assert told == {one.name for one in fields(kind)}
