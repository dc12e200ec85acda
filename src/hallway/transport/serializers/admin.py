"""What the admin portal's use-cases answer, in the words of the wire."""

from collections.abc import Sequence
from datetime import timedelta
from typing import cast

from hallway.domain.accounts import Account
from hallway.domain.arrivals import Status
from hallway.domain.ids import made_at
from hallway.transport.cursors import to_cursor
from hallway.transport.serializers.core import person
from hallway.transport.wire import admin as wire_admin
from hallway.usecases.imports.columns import COLUMNS
from hallway.usecases.imports.sheets import BadLine, ImportJob, ImportKind, Look
from hallway.usecases.learning import teaching
from hallway.usecases.people import departments, directory, users
from hallway.usecases.people.user_lists import Counts, Sorting

SECOND = timedelta(seconds=1)


def user(entry: users.Entry) -> wire_admin.AdminUser:
    """Serialize a user as staff see them."""
    one = entry.card.user
    return wire_admin.AdminUser(
        id=one.id,
        name=one.name,
        email=one.email,
        login=one.login,
        title=one.title,
        role=one.role.value,
        state=one.state.value,
        department_id=one.department_id,
        department=entry.card.department,
        supervisor=None if entry.supervisor is None else person(entry.supervisor),
        manages=list(entry.manages),
        has_password=entry.has_password,
        photo=one.photo,
        locale=one.locale,
        time_zone=one.time_zone,
        grantable_roles=[role.value for role in entry.grantable_roles],
        may_edit=entry.may_edit,
        may_change_state=entry.may_change_state,
        mail_bounced=entry.bounce and entry.bounce.reason,
        mails_ended=entry.has_ended_mails,
        status=entry.status.value,
        seen_at=entry.arrival.seen_at,
        link_expires_at=entry.arrival.link_expires_at,
        created_at=made_at(one.id),
    )


def page_of_users(found: users.Users, sorting: Sorting) -> wire_admin.AdminUsers:
    """Serialize a page of users."""
    following = None if found.next is None else to_cursor((sorting.by, sorting.is_descending, *found.next))
    return wire_admin.AdminUsers([user(one) for one in found.users], following, found.total, _counts(found.counts))


def _counts(found: Counts) -> wire_admin.UserCounts:
    of = found.by_status
    return wire_admin.UserCounts(
        active=of[Status.ACTIVE],
        invited=of[Status.INVITED],
        link_expired=of[Status.LINK_EXPIRED],
        not_invited=of[Status.NOT_INVITED],
        deactivated=of[Status.DEACTIVATED],
        never_seen=found.unseen,
    )


def department(node: departments.Node) -> wire_admin.AdminDepartment:
    """Serialize a node of the tree of departments."""
    one = node.department
    supervisor = None if node.supervisor is None else person(node.supervisor)
    return wire_admin.AdminDepartment(
        id=one.id,
        name=one.name,
        parent_id=one.parent_id,
        supervisor=supervisor,
        members=node.members,
        may_edit=node.may_edit,
        may_add_below=node.may_add_below,
    )


def course_line(taught: teaching.Taught) -> wire_admin.AdminCourseSummary:
    """Serialize a row of the portal's list of courses."""
    experts = [person(card) for card in taught.experts]
    return wire_admin.AdminCourseSummary(taught.course.id, taught.course.title, taught.enrolled, experts)


def course(taught: teaching.Taught) -> wire_admin.AdminCourse:
    """Serialize a course with its experts."""
    one = taught.course
    experts = [person(card) for card in taught.experts]
    return wire_admin.AdminCourse(
        id=one.id,
        title=one.title,
        description=one.description,
        lessons=list(one.lessons),
        enrolled=taught.enrolled,
        experts=experts,
    )


def enrolled(found: directory.People) -> wire_admin.Enrolled:
    """Serialize a page of the enrolled learners."""
    return wire_admin.Enrolled([person(card) for card in found.people], to_cursor(found.next))


def training(held: teaching.Held) -> wire_admin.AdminTraining:
    """Serialize a training."""
    attendees = [person(card) for card in held.attendees]
    return wire_admin.AdminTraining(held.training.id, held.training.title, person(held.organizer), attendees)


def settings(account: Account, used: int, quota: int | None, *, has_previews: bool) -> wire_admin.Settings:
    """Serialize the account's settings, with what the installation says: how many bytes its files may have, and whether cards of links
    are made.
    """
    seconds = account.delete_for_everyone // SECOND
    return wire_admin.Settings(
        academy=account.name,
        messaging_on=account.messaging_on,
        mode=account.mode.value,
        delete_for_everyone_seconds=seconds,
        links_by_confirmation=account.links_by_confirmation,
        typing_on=account.typing_on,
        largest_file=account.largest_file,
        file_kinds=sorted([one.value for one in account.file_kinds]),
        preview_hosts=list(account.preview_hosts),
        has_previews=has_previews,
        file_bytes_used=used,
        file_bytes_quota=account.limits.file_bytes or quota,
    )


def import_job(job: ImportJob) -> wire_admin.ImportJob:
    """Serialize an uploaded file with the progress of its import."""
    report = job.report
    return wire_admin.ImportJob(
        id=job.id,
        kind=job.kind.value,
        filename=job.filename,
        state=job.state,
        total=job.total,
        done=job.done,
        to_add=report.to_add,
        to_change=report.to_change,
        unchanged=report.unchanged,
        columns=list(job.head.columns),
        written=_written(job.head.written or tuple((one, one) for one in job.head.columns)),
        sample=[list(line.values) for line in job.head.lines],
        bad_lines=[_bad_line(one) for one in report.bad_lines[:200]],
        bad_total=report.bad_count,
        failure=job.failure,
        failure_code=report.failure or None,
    )


def _bad_line(one: BadLine) -> wire_admin.BadLine:
    return wire_admin.BadLine(
        line=one.line, column=one.column, value=one.value, message=one.message, code=one.code, values=dict(one.values)
    )


def _written(columns: Sequence[tuple[str, str]]) -> list[wire_admin.WrittenColumn]:
    return [wire_admin.WrittenColumn(name, taken_for or None) for name, taken_for in columns]


def import_look(kind: ImportKind, look: Look) -> wire_admin.ImportLook:
    """Serialize what is in a file."""
    return wire_admin.ImportLook(
        readings=[
            wire_admin.Reading(cast("wire_admin.Encoding", one.encoding), list(one.lines)) for one in look.readings
        ],
        is_certain=look.is_certain,
        columns=_written(look.written),
        sample=[list(line.values) for line in look.lines],
        known=list(COLUMNS[kind].known),
        needed=list(COLUMNS[kind].needed),
        missing=list(look.missing),
        doubled=list(look.doubled),
    )
