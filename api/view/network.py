"""The partner network: one organisation's partners in, an SVG's nodes and curves out; the same input draws the same.

The organisation stands in the middle, its closest partners in two columns beside it, so that Chinese names stay level
and whole; a curve's width is the number of shared events, a dashed one means they were merely there together.
"""

from __future__ import annotations

from dataclasses import dataclass

from api.answers import Partner
from api.partners import Circle

MOST_NODES = 40
WIDTH = 960
_LINE = 30
_LEFT, _RIGHT, _MIDDLE = 330, 630, 480


@dataclass(frozen=True, slots=True)
class Node:
    """A partner: where its name stands and on which side; `label` is the name as far as it has room."""

    partner: Partner
    label: str
    x: float
    y: float
    is_left: bool
    radius: float


@dataclass(frozen=True, slots=True)
class Curve:
    """A tie: the path of its line, how thick, whether signed."""

    path: str
    width: float
    is_signed: bool
    title: str


@dataclass(frozen=True, slots=True)
class Network:
    """What the template draws; `left_out` partners are in the table only."""

    nodes: tuple[Node, ...]
    curves: tuple[Curve, ...]
    among: tuple[Curve, ...]
    height: int
    left_out: int
    width: int = WIDTH
    middle: int = _MIDDLE


def draw_network(circle: Circle) -> Network:
    """Lay out the closest partners, alternately left and right, the closest at mid height."""
    shown = circle.partners[: MOST_NODES - 1]
    columns = shown[0::2], shown[1::2]
    rows = max(len(columns[0]), len(columns[1]), 3)
    height = rows * _LINE + 40
    most = max((p.together for p in shown), default=1)
    nodes: list[Node] = []
    for column, is_left in zip(columns, (True, False), strict=True):
        for partner, row in zip(column, _from_middle(len(column)), strict=True):
            y = height / 2 + (row - (len(column) - 1) / 2) * _LINE
            x = _LEFT if is_left else _RIGHT
            radius = round(3 + 5 * (partner.together / most) ** 0.5, 2)
            nodes.append(Node(partner, _label(partner.name), x, round(y, 1), is_left, radius))
    curves = tuple(_spoke(node, height, most) for node in nodes)
    return Network(tuple(nodes), curves, _arcs(circle, nodes), height, len(circle.partners) - len(shown))


def _from_middle(count: int) -> list[int]:
    """Give the rows from the middle outwards: 5 gives 2, 1, 3, 0, 4."""
    return sorted(range(count), key=lambda row: (abs(row - (count - 1) / 2), row))


def _label(name: str) -> str:
    return name if len(name) <= 19 else name[:18] + "…"


def _spoke(node: Node, height: float, most: int) -> Curve:
    middle = height / 2
    bend = (_MIDDLE + node.x) / 2
    path = f"M{_MIDDLE} {middle:g}C{bend:g} {middle:g} {bend:g} {node.y:g} {node.x:g} {node.y:g}"
    width = round(1.2 + 4.8 * node.partner.together / most, 2)
    return Curve(path, width, node.partner.signed > 0, node.partner.name)


def _arcs(circle: Circle, nodes: list[Node]) -> tuple[Curve, ...]:
    """Draw the ties among partners that signed or met more than once: an arc inside a column, a line across."""
    places = {node.partner.id: node for node in nodes}
    arcs: list[Curve] = []
    for tie in circle.ties:
        if not {tie.left, tie.right} <= set(places) or (tie.count < 2 and not tie.is_signed):
            continue
        a, b = places[tie.left], places[tie.right]
        pull = 70 if a.is_left else -70
        bend = (a.x + pull, b.x + pull) if a.is_left == b.is_left else (_MIDDLE, _MIDDLE)
        path = f"M{a.x:g} {a.y:g}C{bend[0]:g} {a.y:g} {bend[1]:g} {b.y:g} {b.x:g} {b.y:g}"
        arcs.append(
            Curve(path, min(1 + tie.count / 2, 4), tie.is_signed, f"{a.partner.name} · {b.partner.name}")
        )
    return tuple(arcs)
