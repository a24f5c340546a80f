"""What readers see: records in, pages in Chinese or English out; nothing here asks the store."""

from api.view.chips import Chip, Offer, list_chips
from api.view.dates import describe_day, read_date
from api.view.histogram import Histogram, draw_histogram
from api.view.links import Links
from api.view.marks import Piece, move, page_marks, quote, split
from api.view.network import draw_network
from api.view.parties import find_original, list_parties
from api.view.render import language_of, show, show_error, wants_page
from api.view.repaired import LinePair, pair_lines
from api.view.rows import (
    FAMILIES,
    Month,
    find_dating,
    group_months,
    group_roles,
    make_row,
)
from api.view.saying import cite, describe_moment, group_answers, tell_correction

__all__ = [
    "FAMILIES",
    "Chip",
    "Histogram",
    "LinePair",
    "Links",
    "Month",
    "Offer",
    "Piece",
    "cite",
    "describe_day",
    "describe_moment",
    "draw_histogram",
    "draw_network",
    "find_dating",
    "find_original",
    "group_answers",
    "group_months",
    "group_roles",
    "language_of",
    "list_chips",
    "list_parties",
    "make_row",
    "move",
    "page_marks",
    "pair_lines",
    "quote",
    "read_date",
    "show",
    "show_error",
    "split",
    "tell_correction",
    "wants_page",
]
