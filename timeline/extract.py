"""One page, the whole story: a RawPage in, its text and findings out; clean, date the page, annotate, collect."""

from __future__ import annotations

from timeline.clean import clean
from timeline.pipes import annotate
from timeline.publication import judge_publication
from timeline.records import CleanPage, Extraction, PageFindings, RawPage, Repairs


def extract_page(raw: RawPage) -> Extraction:
    """Find everything one page tells; the findings' offsets point into `raw.text`, which is kept beside them."""
    page = clean(raw)
    publication = judge_publication(page)
    annotation = annotate(page, publication)
    findings = PageFindings(
        id=raw.id,
        source_id=raw.source_id,
        path=raw.path,
        url=raw.url,
        title=publication.title,
        outlet=publication.outlet,
        authors=publication.authors,
        byline=publication.byline,
        published=publication.published,
        repairs=_count_repairs(page),
        times=annotation.times,
        events=annotation.events,
        partnerships=annotation.partnerships,
        warnings=raw.warnings + page.warnings + publication.warnings + annotation.warnings,
    )
    return Extraction(text=raw.text, findings=findings)


def _count_repairs(page: CleanPage) -> Repairs:
    steps = [repair.step for repair in page.repairs]
    return Repairs(
        mojibake=steps.count("mojibake"),
        glosses=steps.count("gloss"),
        script=page.script,
        damaged=page.damaged,
    )
