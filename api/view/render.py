"""Pages as HTML: a template's name and its values in, an escaped page in the reader's language out."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from jinja2.ext import Extension
from starlette.requests import Request
from starlette.responses import HTMLResponse

import timeline
from api.sessions import read_session
from api.view.links import origin, outside
from api.view.reasons import say_note, say_reason
from api.view.saying import group_answers
from api.view.texts import Texts, choose_language, read_texts
from timeline.errors import StoreError

_TEMPLATES = Path(__file__).parent.parent / "templates"


def show(request: Request, template: str, *, status: int = 200, **values: Any) -> HTMLResponse:
    """Give a page; the language goes by its address, then by what the browser accepts."""
    texts = language_of(request)
    body = (
        _environment()
        .get_template(template)
        .render(
            t=texts,
            say=lambda reason: say_reason(reason, texts),
            say_note=lambda note: say_note(note, texts),
            language=texts.language,
            holder=_holder(request),
            named_language=request.query_params.get("lang") if request.query_params.get("lang") else None,
            other=_other_language(request, texts),
            path=request.url.path,
            version=timeline.__version__,
            **values,
        )
    )
    headers = {"vary": "accept-language", "content-language": texts.language}
    return HTMLResponse(body, status, headers=headers)


def _holder(request: Request) -> str | None:
    """Name whoever is logged in; nobody is where the store cannot say."""
    try:
        session = read_session(request)
    except StoreError:
        return None
    return session.token.name if session else None


def render(template: str, texts: Texts, **values: Any) -> str:
    """Give a document that stands alone, in a language."""
    words = {"t": texts, "say": lambda reason: say_reason(reason, texts), "language": texts.language}
    return _environment().get_template(template).render(**words, version=timeline.__version__, **values)


def show_error(request: Request, status: int, detail: str, allowed: list[str] | None = None) -> HTMLResponse:
    """Give the page of an error, in the same house style as the others."""
    sent_from = request.url.path.removesuffix("/corrections")  # the event whose form was sent
    back = sent_from if sent_from != request.url.path else None
    values = {"code": status, "detail": detail, "allowed": allowed or [], "back": back}
    return show(request, "error.html", status=status, **values)


def wants_page(request: Request) -> bool:
    """Say whether a browser asked for a page: not the API, not a file, and HTML is accepted."""
    path = request.url.path
    if path.startswith("/api") or "." in path.rpartition("/")[2]:
        return False
    return request.method in ("GET", "POST") and "text/html" in request.headers.get("accept", "")


def language_of(request: Request) -> Texts:
    """Give the words of the language a request is answered in."""
    return read_texts(choose_language(request))


def _other_language(request: Request, texts: Texts) -> str:
    other = "en" if texts.language == "zh" else "zh"
    return str(request.url.include_query_params(lang=other).replace(scheme="", netloc="")).removeprefix("//")


class _Flush(Extension):
    """Take the indentation out of templates as they are compiled: it is a fifth of a long page."""

    def preprocess(self, source: str, name: str | None, filename: str | None = None) -> str:
        return "\n".join(line.lstrip() for line in source.splitlines())


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(_TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=[_Flush],
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(origin=origin, outside=outside, group_answers=group_answers)
    return environment
