"""Find characters of a text just simplified that have two simplified forms: 著 in 隨著 is 着, in 著作 it stays."""

from __future__ import annotations

import re
from collections.abc import Iterator

from timeline.clean.charmodel import PageModel, load_model
from timeline.offsets import Edit

# converters keep the one to be safe; the other is the commoner in news
_FORMS = {"著": "着"}
_FORM = re.compile(f"[{''.join(_FORMS)}]")  # 著
_CLEARLY = 1.0  # nats


def find_lookalikes(text: str) -> Iterator[Edit]:
    """Give an edit where the other form is clearly likelier between its neighbours.

    >>> [(e.start, e.text) for e in find_lookalikes("随著产业发展，著名作家成效显著，沿著江边")]
    [(1, '着'), (17, '着')]
    """
    model = None
    for match in _FORM.finditer(text):
        model = model or PageModel(load_model(), "")
        at, other = match.start(), _FORMS[match[0]]
        context, behind = text[max(0, at - 2) : at], text[at + 1 : at + 3]
        kept = sum(model.text_cost(match[0] + behind, context))
        if sum(model.text_cost(other + behind, context)) + _CLEARLY < kept:
            yield Edit(at, at + 1, other)
