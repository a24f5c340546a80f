"""Keep a text under repair with the way back to the raw one: edits go in, text, offsets and the list of repairs come out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from timeline.offsets import Edit, OffsetMap, apply_edits
from timeline.records import Repair, RepairStep


@dataclass(frozen=True, slots=True)
class Rewriting:
    """A text as it stands after some steps, what was done so far, and its map to the raw text."""

    raw: str
    text: str
    offsets: OffsetMap
    repairs: tuple[Repair, ...] = ()

    @classmethod
    def of(cls, raw: str) -> Rewriting:
        """Begin with the raw text, untouched."""
        return cls(raw, raw, OffsetMap.identity(len(raw)))

    def with_edits(
        self, step: RepairStep, edits: Iterable[Edit], places: Iterable[Edit] | None = None
    ) -> Rewriting:
        """Carry out one step; each edit is a repair, unless `places` groups many edits of one place into one."""
        wanted = list(edits)
        if not wanted:
            return self
        text, offsets = apply_edits(self.text, wanted)
        repairs = [self._repair(step, edit) for edit in (wanted if places is None else places)]
        return Rewriting(self.raw, text, self.offsets.then(offsets), (*self.repairs, *repairs))

    def _repair(self, step: RepairStep, edit: Edit) -> Repair:
        start, end = self.offsets.to_before(edit.start, edit.end)
        return Repair(step, start, end, self.raw[start:end], edit.text)
