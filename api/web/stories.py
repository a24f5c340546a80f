"""Stories: picked events, a title and notes in, one HTML file with its evidence out, to publish or to print."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import islice
from typing import Annotated
from urllib.parse import quote

from fastapi import APIRouter, Query, Request
from starlette.responses import HTMLResponse, Response

from api.deps import StoreNeeded
from api.evidence import find_all_evidence
from api.sessions import Form, FormNeeded
from api.view import Links, language_of, make_row, show
from api.view.story import Story, make_chapter, name_file, render_story, story_policy
from api.view.texts import Texts, read_texts
from api.web.lists import name_of
from api.web.parameters import StoryView
from timeline.chronology import Event
from timeline.errors import UsageError
from timeline.store import Store, find_events, iterate_events, read_event, read_revision

router = APIRouter(include_in_schema=False, default_response_class=Response)

# Events that one story may tell.
MOST = 300


@router.get("/story")
def choose_events(
    request: Request, store: StoreNeeded, parameters: Annotated[StoryView, Query()]
) -> Response:
    """Show the events that were picked, or those of a filter, each with a box to keep it and room for a note."""
    texts = language_of(request)
    query = parameters.to_query()
    if parameters.pick:
        events = [event for id in dict.fromkeys(parameters.pick) if (event := read_event(store, id))]
        total = len(events)
    else:
        events = list(islice(iterate_events(store, query), MOST))
        total = find_events(store, query, limit=1).total
    evidence = find_all_evidence(store, events, most=1)
    return show(
        request,
        "story.html",
        links=Links("/story", parameters, parameters.lang),
        rows=[make_row(event, evidence[event.id], texts) for event in events],
        total=total,
        title=parameters.title
        or " × ".join(name_of(store, one) for one in parameters.org[:3])
        or parameters.q,
    )


@router.post("/story")
def write_story(request: Request, store: StoreNeeded, form: FormNeeded) -> Response:
    """Give the story as a file, or to look at; nothing is kept, so that nobody has to log in."""
    language = form.one("language")
    texts = read_texts("en" if language == "en" else "zh")
    story = _make_story(store, form, texts)
    body = render_story(story, texts)
    headers = {"content-security-policy": story_policy(), "cache-control": "no-store"}
    if form.one("as") != "view":
        name = quote(name_file(story.title))
        headers["content-disposition"] = f"attachment; filename=\"story.html\"; filename*=UTF-8''{name}"
    return HTMLResponse(body, headers=headers)


def _make_story(store: Store, form: Form, texts: Texts) -> Story:
    """Put the story of a form together.

    Raises UsageError where no event was kept, or too many were.
    """
    ids = list(dict.fromkeys(form.all("pick")))
    if not 1 <= len(ids) <= MOST:
        raise UsageError(f"a story tells 1 to {MOST} events; {len(ids)} were picked")
    events = [event for id in ids if (event := read_event(store, id))]
    if form.one("order") != "given":
        events.sort(key=_in_time)
    evidence = find_all_evidence(store, events)
    chapters = (
        make_chapter(event, evidence[event.id], form.one(f"note-{event.id}")[:2000], texts)
        for event in events
    )
    return Story(
        title=form.one("title")[:200] or texts("story.untitled"),
        notes=form.one("notes")[:20_000],
        chapters=tuple(chapters),
        made=datetime.now(UTC).strftime("%Y-%m-%d %H:%M UTC"),
        version=read_revision(store),
    )


def _in_time(event: Event) -> tuple[bool, str, str]:
    """Order the events of a story: by the first day each can be, those of unknown year last."""
    day = event.date.from_ or event.date.to
    return day is None, day or event.date.edtf or "", event.id
