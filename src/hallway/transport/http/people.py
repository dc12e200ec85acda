"""Whom I may write to first, and people's pictures."""

from typing import Annotated

from litestar import Response, get
from litestar.params import QueryParameter

from hallway.domain.ids import UserId
from hallway.transport.app_context import InContext
from hallway.transport.auth import CurrentActor
from hallway.transport.cursors import ByName, from_cursor
from hallway.transport.serializers import core as serializers
from hallway.transport.wire import fields as wire_fields
from hallway.transport.wire import people as wire_people
from hallway.usecases.people import acquaintances, directory

Limit = Annotated[int, QueryParameter(ge=1, le=100, description="The maximum number of results.")]
Cursor = Annotated[str | None, QueryParameter(max_length=2000, description="The `next` of the previous page.")]
Text = Annotated[str, QueryParameter(max_length=200, description="The text to search for; empty finds everyone.")]


@get("/people")
async def search(
    actor: CurrentActor, context: InContext, q: Text = "", cursor: Cursor = None, limit: Limit = 20
) -> wire_people.People:
    """The people I may write to first, and no one else."""
    after = from_cursor(cursor, ByName)
    found = await context.search(actor, lambda tx: directory.search(tx, actor, text=q, after=after, limit=limit))
    return serializers.page_of_people(found)


@get("/people/{user_id:str}/details")
async def details(user_id: wire_fields.Id, actor: CurrentActor, context: InContext) -> wire_people.PersonDetails:
    """A person's details and what connects us, for people I have a chat with or may write to first."""
    found = await context.store.read(lambda tx: acquaintances.details(tx, actor, person_id=UserId(user_id)))
    return serializers.details(found, context.store.clock.now())


@get("/people/{user_id:str}/photo", media_type="image/*")
async def photo(user_id: wire_fields.Id, actor: CurrentActor, context: InContext) -> Response[bytes]:
    """A person's photo. Its address changes with the photo, so it can be cached."""
    media_type, content = await context.store.read(lambda tx: directory.photo(tx, actor, user_id=UserId(user_id)))
    headers = {"Cache-Control": "private, max-age=604800, immutable"}
    return Response(content, media_type=media_type, headers=headers)


handlers = [search, details, photo]
