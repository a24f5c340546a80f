"""Every exception this project raises on purpose, one family: what was seen, where, and what to do."""


class TimelineError(Exception):
    """Stand for any failure a caller may want to report and go on from."""


class ReadError(TimelineError):
    """A source cannot be read as a page: missing, empty, binary, too large, of an unknown encoding."""


class EdtfError(TimelineError, ValueError):
    """A string is not one of the EDTF forms this project writes."""


class LexiconError(TimelineError):
    """An entry of timeline/lexicon/ breaks the shape of its file."""


class StoreError(TimelineError):
    """The database cannot be reached, is of another schema, or refused a write."""


class ScoreError(TimelineError):
    """Gold or predicted findings cannot be compared."""


class UsageError(TimelineError):
    """A front door was asked for something it does not offer."""


class NotFoundError(TimelineError):
    """An id names nothing that is stored, nor anything that was."""
