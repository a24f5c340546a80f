"""Read a stretch of text that stands one byte off back into step: text and a cue go in, the likeliest reading comes out.

How it arose: a byte-level replace, blind to character boundaries, put `(pinyin)` or a stray byte between the two bytes of
a character. A lead byte followed by a byte below 0x40 decodes to one `?`, so both are lost, and from there every pair is made
of the trail of one character and the lead of the next, until a single byte comes. Pairs in the user-defined areas vanish.
A beam search keeps the likeliest readings by the n-grams of news and of the page itself.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from heapq import nsmallest
from typing import NamedTuple

from timeline.clean.bytepairs import (
    LEADS,
    bytes_of,
    find_pairs,
    find_trails,
    read_pair,
    read_row,
    unassigned_pairs,
    vanished_pairs,
)
from timeline.clean.charmodel import LINE_EDGE, UNSEEN_COST, PageModel, fold
from timeline.clean.marks import GLOSS, GLOSS_TAIL, STRUCK_MARKS, TAG_TAIL

INDENT = "\u3000"
LOST = "\ufffd"  # one byte of text that cannot be known
_HORIZON = 600  # characters a stretch may be long
_BEAM = 20
_SLACK = 18.0  # nats behind the best reading at which one is given up
_LEFT_MARK, _LEFT_GLOSS = 2.0, 14.0  # cost of leaving the first cue, by its kind
_LEFT_LATER = 2.0
_LEAST_GAIN = 4.0  # nats that a reading must be likelier than the text as it stands
_SELDOM_STRUCK = 1.5  # the struck mark mostly straddles a full stop and an opening sign
_LOST_COST = 1.0
_STRANGE_COST = 8.0
_VANISHED_COST = 1.0
_VANISHED_SLACK, _RARE = 9.0, 11.0
_MARK_LEAD = 0xA1  # of 。 ， “ ” and the like
_ANY_LEAD = tuple(range(0xA1, 0xFF))
_CALM = 8  # characters in step after which a stretch is over
_WIDE = {ord(a): b for a, b in zip(",!?:;()", "，！？：；（）", strict=True)}
_INDENT_COSTS = dict.fromkeys("。！？；：”", 4.0) | {
    LINE_EDGE: 0.5
}  # of an ideographic blank, by what is before it
_STRAY_INDENT = 12.0
_ENDS = frozenset("！；。、")


class Node(NamedTuple):
    """One consumed stretch text[start:end] and what it reads as, behind the nodes before it."""

    before: Node | None
    start: int
    end: int
    text: str


class _State(NamedTuple):
    """One reading so far: `pending` is the lead byte that waits for its trail, 0 in step."""

    cost: float
    pending: int
    node: Node | None
    second: str
    before: str
    trail: int  # of the last character, in step: the straddled key behind a lost bracket begins with it
    back: tuple[int, Node] | None  # where it came back in step
    changed: bool


class _Move(NamedTuple):
    """What may come next: go on at `at`, at a cost, with these characters read."""

    at: int
    cost: float
    pending: int
    text: str
    trail: int = 0
    is_back: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """text[start:end] reads as the joined chunks; `doubt` is the mean cost of a character in nats."""

    start: int
    end: int
    chunks: tuple[Node, ...]
    doubt: float

    @property
    def text(self) -> str:
        """Give what the stretch reads as."""
        return "".join(chunk.text for chunk in self.chunks)


def read_shifted(
    text: str, start: int, context: str, *, model: PageModel, keys: Mapping[str, str]
) -> Reading | None:
    """Read text from a cue at `start` until it is in step again; None where it is likelier as it stands.

    `context` is the clean text before, `keys` are the glossed characters of the page with their readings.
    """
    return _Search(text, start, context, model, keys).run()


class _Search:
    """The beam over text[start:]: states wait in buckets by the place they have read to."""

    def __init__(
        self, text: str, start: int, context: str, model: PageModel, keys: Mapping[str, str]
    ) -> None:
        self.text, self.start, self.model, self.keys = text, start, model, keys
        self.context = context
        self.best: dict[int, float] = {}
        self.likely: dict[tuple[str, tuple[int, ...], int], list[str]] = {}
        self.end = min(len(text), start + _HORIZON)
        self.quotes = _quote_costs(context)
        second, before = (fold(c) for c in (LINE_EDGE * 2 + context)[-2:])
        pair = bytes_of(context[-1]) if context else None
        first = _State(0.0, 0, None, second, before, pair[1] if pair else 0, None, False)
        self.buckets: dict[int, list[_State]] = {start: [first]}

    def run(self) -> Reading | None:
        last: list[_State] = []
        for at in range(self.start, self.end + 1):
            waiting = self.buckets.pop(at, [])
            if at == self.end:  # nothing can complete a lead byte any more
                waiting = [s for s in waiting if not s.pending]
            states = self._survivors(waiting)
            if not states:
                continue
            last = states
            if at == self.end or self._is_over(states, at):
                break
            floor = states[0].cost
            for state in states:
                if state.cost < floor + _SLACK or not state.changed:
                    self._advance(state, at, floor)
        return self._judged([s for s in last if not s.pending])

    def _survivors(self, states: list[_State]) -> list[_State]:
        best: dict[tuple[object, ...], _State] = {}
        for state in states:
            at = state.back[0] if state.back else 0
            key = (state.pending, state.second, state.before, state.trail, at, state.changed)
            kept = best.get(key)
            if kept is None or state.cost < kept.cost:
                best[key] = state
        kept_states = nsmallest(_BEAM, best.values(), key=lambda s: s.cost)
        untouched = [s for s in best.values() if not s.changed and s not in kept_states]
        return kept_states + untouched

    def _is_over(self, states: list[_State], at: int) -> bool:
        """Say whether all likely readings are in step and have been for a while."""
        if self.buckets or at <= self.start + 3 or states[0].pending:
            return False
        best = states[0]
        calm = best.back is not None and at - best.back[0] >= _CALM
        if not (calm or (not best.changed and at > self.start + _CALM + 4)):
            return False
        return all(not s.pending or s.cost > best.cost + 10 for s in states)

    def _judged(self, states: list[_State]) -> Reading | None:
        if not states:
            return None
        best = min(states, key=lambda s: s.cost + self._ending_cost(s))
        if best.back is None or not best.changed:
            return None
        end, node = best.back
        chunks = tuple(reversed(list(_chain(node))))
        if any(not s.changed and s.cost < best.cost + _LEAST_GAIN for s in states):
            return None
        text = "".join(chunk.text for chunk in chunks).removesuffix(LOST)
        costs = [
            UNSEEN_COST if character == LOST else cost
            for character, cost in zip(text, self.model.text_cost(text, self.context), strict=True)
        ]
        return Reading(self.start, end, chunks, sum(costs) / len(costs) if costs else 0.0)

    def _ending_cost(self, state: _State) -> float:
        """Say how unlikely the line ends behind a reading that has used it up."""
        is_at_end = state.node is not None and state.node.end == len(self.text)
        return self.model.cost(LINE_EDGE, state.before, state.second) if is_at_end else 0.0

    def _advance(self, state: _State, at: int, floor: float) -> None:
        if not state.pending:
            for move in self._in_step(state, at):
                self._push(state, at, move)
            return
        for move in self._off_step(state, at):
            self._push(state, at, move)
        if state.cost <= floor + _VANISHED_SLACK:
            for move in (*self._vanished(state, at), *self._vanished_key(state, at)):
                self._push(state, at, move)

    def _push(self, state: _State, at: int, move: _Move) -> None:
        cost, second, before = state.cost + move.cost, state.second, state.before
        for character in move.text:
            if character == LOST:
                # what hides behind it is mostly a line end or a digit
                edge, digit = (self.model.cost(c, before, second) for c in (LINE_EDGE, "0"))
                cost += _LOST_COST + min(edge, digit)
                folded = LINE_EDGE if edge <= digit else "0"
            elif character == INDENT:
                cost, folded = cost + _INDENT_COSTS.get(before, _STRAY_INDENT), LINE_EDGE
            else:
                folded = fold(character)
                cost += self.model.cost(folded, before, second) + self.quotes.get(character, 0.0)
            second, before = before, folded
        best = self.best.get(move.at, cost)
        is_changed = state.changed or bool(move.pending)
        if cost > best + _SLACK and is_changed:
            return
        self.best[move.at] = min(best, cost)
        node = Node(state.node, at, move.at, move.text)
        back = (move.at, node) if move.is_back else None if move.pending else state.back
        self.buckets.setdefault(move.at, []).append(
            _State(
                cost,
                move.pending,
                node,
                second,
                before,
                move.trail,
                back,
                is_changed,
            )
        )

    def _in_step(self, state: _State, at: int) -> Iterator[_Move]:
        """Read one character as it stands, or lose the step at a cue."""
        character, rest = self.text[at], self.text[at + 1 : at + 2]
        if character == "?":
            tail = GLOSS_TAIL.match(self.text, at + 1)
            if tail:  # the lead byte of the next character and the bracket are lost
                for lead in self._key_trails(state.trail, tail["reading"]):
                    yield _Move(tail.end(), 0.5, lead, "")
            if rest in STRUCK_MARKS:
                first, second = bytes_of(STRUCK_MARKS[rest]) or (0, 0)
                for lead in LEADS:
                    read = read_pair(lead, first)
                    if read:
                        yield _Move(at + 2, 0.5 if read == "。" else _SELDOM_STRUCK, second, read)
        gloss = GLOSS.match(self.text, at) if character == "(" and at > self.start else None
        if gloss:
            yield _Move(gloss.end(), 0.0, 0, "", state.trail)
            return
        wide = character.translate(_WIDE)
        pair = bytes_of(wide)
        cost = _LEFT_LATER if character == "?" else 0.0
        if at == self.start:
            cost = _LEFT_GLOSS if GLOSS_TAIL.match(self.text, at + 1) else _LEFT_MARK
        yield _Move(at + 1, cost, 0, character, pair[1] if pair else 0)

    def _off_step(self, state: _State, at: int) -> Iterator[_Move]:
        """Complete the pending lead byte with what stands at `at`."""
        character, lead = self.text[at], state.pending
        if character == "?":
            yield from self._swallowed(state, at)
            return
        gloss = GLOSS.match(self.text, at) if character == "(" else None
        if gloss:  # a key that straddles two characters, glossed while off step
            yield _Move(gloss.end(), 0.0, lead, "")
        code = 0x80 if character == "€" else ord(character)
        if 0x40 <= code <= 0x80 and code != 0x7F:
            read = read_pair(lead, code)
            if read:
                yield _Move(at + 1, 0.0, 0, read, code, is_back=True)
        first, second = bytes_of(character.translate(_WIDE)) or (0, 0)
        read = read_pair(lead, first) if first else None
        if read and 0 < second < 0x80:  # the trail byte was a letter of its own
            yield _Move(at + 1, 0.0, 0, read + chr(second), is_back=True)
        elif second:  # a sign that running text does not have is lost, the stretch goes on
            yield _Move(at + 1, 0.0 if read else _STRANGE_COST, second, read or LOST)

    def _swallowed(self, state: _State, at: int) -> Iterator[_Move]:
        """A `?` off step hides the trail byte of a character and the single byte behind it."""
        tail = GLOSS_TAIL.match(self.text, at + 1)
        if tail:
            for trail in self._key_trails(state.pending, tail["reading"]):
                read = read_pair(state.pending, trail)
                if read:
                    yield _Move(tail.end(), 0.2, 0, read, trail, is_back=True)
            yield _Move(tail.end(), _STRANGE_COST, 0, LOST, is_back=True)
            return
        following = self.text[at + 1 : at + 2]
        mark = STRUCK_MARKS.get(following, following if following in _ENDS else "")
        hidden = "<" if TAG_TAIL.match(self.text, at + 1) else LOST if following else ""
        for trail, read in read_row(state.pending).items():
            if read == INDENT and state.before != LINE_EDGE:
                continue
            if mark:
                yield _Move(at + 2, 1.0, 0, read + mark, 0xA1, is_back=True)
            else:
                yield _Move(at + 1, 1.0, 0, read + hidden, trail, is_back=True)

    def _vanished(self, state: _State, at: int) -> Iterator[_Move]:
        """Suppose that a pair without a character stood before text[at], or is the `?` at text[at]."""
        pairs = vanished_pairs()
        if self.text[at] == "?":
            pairs, at = unassigned_pairs(), at + 1
            if at >= self.end:
                return
        character = self.text[at]
        if character == "?" and pairs is not vanished_pairs():
            yield from self._unassigned_twice(state, at)
            return
        code, pair = ord(character), bytes_of(character.translate(_WIDE))
        ends = pair[0] if pair else code if 0x40 <= code < 0x7F else 0
        hidden = list(self._hidden(state, pairs, ends)) if ends else []
        if pair and pairs is not vanished_pairs():  # or more was lost than one pair
            hidden += [(LOST, two) for two in self._likely(LOST, _ANY_LEAD, ends)]
        for one, two in hidden:
            cost = _STRANGE_COST if one == LOST else _VANISHED_COST
            if pair and pair[1] >= 0x81:
                yield _Move(at + 1, cost, pair[1], one + two)
            elif pair:
                yield _Move(at + 1, cost, 0, one + two + chr(pair[1]), is_back=True)
            else:
                yield _Move(at + 1, cost, 0, one + two, code, is_back=True)

    def _unassigned_twice(self, state: _State, at: int) -> Iterator[_Move]:
        """Suppose that text[at - 1] hides the trail of a character and the lead of a mark whose trail text[at] hides."""
        for first, seconds in unassigned_pairs().items():
            one = read_pair(state.pending, first) if _MARK_LEAD in seconds else None
            if one and self.model.cost(fold(one), state.before, state.second) <= _RARE:
                yield _Move(at, _VANISHED_COST, _MARK_LEAD, one)

    def _hidden(
        self, state: _State, pairs: Mapping[int, tuple[int, ...]], ends: int
    ) -> Iterator[tuple[str, str]]:
        """Complete the pending lead byte and the byte `ends` with the two bytes of a pair that cannot be seen."""
        for first, seconds in pairs.items():
            one = read_pair(state.pending, first)
            if one is None or self.model.cost(fold(one), state.before, state.second) > _RARE:
                continue
            for two in self._likely(one, seconds, ends):
                if self.model.cost(fold(two), fold(one), state.before) <= _RARE:
                    yield one, two

    def _likely(self, one: str, leads: tuple[int, ...], trail: int) -> list[str]:
        """List the characters with one of these leads and this trail that may stand behind `one`."""
        before = LINE_EDGE if one == LOST else fold(one)
        found = self.likely.get((one, leads, trail))
        if found is None:
            characters = (read_pair(lead, trail) for lead in leads)
            found = [c for c in characters if c and self.model.pair_cost(fold(c), before) <= _RARE]
            self.likely[one, leads, trail] = found
        return found

    def _vanished_key(self, state: _State, at: int) -> Iterator[_Move]:
        """Suppose that one pair of a user-defined area stood before a glossed key whose trail was swallowed."""
        tail = GLOSS_TAIL.match(self.text, at + 1) if self.text[at] == "?" else None
        if not tail:
            return
        reading = tail["reading"]
        own = [p for c, r in self.keys.items() if r == reading and (p := bytes_of(c))]
        for hidden, trails in vanished_pairs().items():
            one = read_pair(state.pending, hidden)
            if one is None:
                continue
            for lead, trail in own or find_pairs(reading):
                if lead in trails and (two := read_pair(lead, trail)):
                    yield _Move(tail.end(), _VANISHED_COST, 0, one + two, trail, is_back=True)

    def _key_trails(self, lead: int, reading: str) -> list[int]:
        """List the trail bytes of the key that was glossed: the page's own keys, else whatever reads so."""
        pairs = (bytes_of(c) for c, own in self.keys.items() if own == reading)
        return [p[1] for p in pairs if p and p[0] == lead] or list(find_trails(lead, reading))


def _chain(node: Node | None) -> Iterator[Node]:
    while node is not None:
        yield node
        node = node.before


def _quote_costs(context: str) -> dict[str, float]:
    """Say what each quotation mark costs more, by the one that stands open in the text before."""
    quotes = [c for c in context if c in "“”‘’"]
    if quotes and quotes[-1] == "“":
        return {"“": 3.0, "’": 3.0, "‘": 1.0}
    if quotes and quotes[-1] == "‘":
        return {"‘": 3.0, "”": 3.0, "“": 3.0}
    return {"”": 1.0, "’": 3.0, "‘": 2.0}
