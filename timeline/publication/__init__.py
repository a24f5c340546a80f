"""The door of publication/: a CleanPage comes in, out goes when it was published, by what evidence, and what its dates refer to."""

from __future__ import annotations

from timeline.publication.bylines import find_authors, find_byline, find_signatures
from timeline.publication.clues import find_clues
from timeline.publication.credits import find_outlet, find_title
from timeline.publication.declared import declared_candidates, linked_candidates, outside_clues
from timeline.publication.judge import judge
from timeline.publication.labels import stated_candidates
from timeline.publication.layout import lay_out
from timeline.publication.origins import find_citations, find_datelines
from timeline.publication.partial import partial_candidates
from timeline.publication.references import page_reference, segment_references
from timeline.publication.report import report
from timeline.records import CleanPage, Publication, Published, Reference

__all__ = ["judge_publication"]


def judge_publication(page: CleanPage) -> Publication:
    """Judge when the text of a page first appeared: gather everything that says so, then weigh it in one place.

    Unknown stays unknown: a page whose evidence does not settle the day has no day, one whose year only clues tell has
    that year, marked inferred. A stamp later than the text's own citation is kept as losing evidence, with a warning.
    """
    layout = lay_out(page)
    if layout is None:
        return Publication(Published(), Reference())
    dispatches = [*find_citations(layout), *find_datelines(layout)]
    candidates = [
        *declared_candidates(page),
        *linked_candidates(layout),
        *stated_candidates(layout),
        *partial_candidates(layout),
        *(d.candidate for d in dispatches),
    ]
    verdict = judge(candidates, [*find_clues(layout), *outside_clues(page)])
    published = report(page, verdict)
    reference = page_reference(verdict)
    winner = verdict.winners[0] if verdict.winners else None
    signatures = find_signatures(layout)
    return Publication(
        published=published,
        reference=reference,
        references=segment_references(layout, reference, verdict),
        outlet=find_outlet(layout, dispatches, winner),
        title=find_title(layout, winner),
        authors=find_authors(layout, signatures),
        byline=find_byline(layout, signatures, winner),
        warnings=tuple(verdict.warnings),
    )
