"""The drawings: every bar in its place, gaps kept, names inside the picture, the same input the same picture."""

from __future__ import annotations

from api.answers import Partner
from api.partners import Circle, Tie
from api.view.histogram import draw_histogram
from api.view.network import MOST_NODES, draw_network
from timeline.chronology import FacetCount


def _counts(*months: str) -> list[FacetCount]:
    return [FacetCount(value=m, label=m, count=n + 1) for n, m in enumerate(months)]


def _partner(n: int) -> Partner:
    return Partner(
        id=f"o{n}", name=f"第{n}研究院" * 4, signed=n % 2, together=60 - n, first=None, last=None, types=()
    )


def test_bars_stand_apart_as_far_as_their_months() -> None:
    drawing = draw_histogram(_counts("2020-01", "2020-02", "2021-01"), None, None)
    first, second, third = drawing.bars
    assert round((third.x - first.x) / (second.x - first.x)) == 12
    assert third.height > second.height > first.height
    assert [tick.label for tick in drawing.ticks] == ["2020", "2021"]
    assert all(bar.x >= 0 and bar.x + bar.width <= 100 for bar in drawing.bars)


def test_the_stretch_of_the_filter_is_chosen() -> None:
    drawing = draw_histogram(_counts("2020-01", "2020-02", "2021-01"), "2020-02-01", "2020-12-31")
    assert [bar.is_chosen for bar in drawing.bars] == [False, True, False]
    assert not any(bar.is_chosen for bar in draw_histogram(_counts("2020-01", "2021-01"), None, None).bars)


def test_a_bar_is_a_month_a_quarter_or_a_year_by_how_long_the_time_is() -> None:
    def spans(*months: str) -> list[tuple[str, str, int]]:
        return [(bar.low, bar.high, bar.count) for bar in draw_histogram(_counts(*months), None, None).bars]

    assert spans("2020-01", "2021-05") == [("2020-01", "2020-01", 1), ("2021-05", "2021-05", 2)]
    assert spans("2010-02", "2010-03", "2021-12") == [("2010-01", "2010-03", 3), ("2021-10", "2021-12", 3)]
    assert spans("1950-02", "1950-07", "2021-01") == [("1950-01", "1950-12", 3), ("2021-01", "2021-12", 3)]


def test_few_years_of_a_filter_are_drawn_alone_by_months() -> None:
    counts = _counts("2001-01", "2016-04", "2016-05", "2016-11", "2021-01")
    drawing = draw_histogram(counts, "2016-04-01", "2016-06-30")
    assert drawing.is_part
    assert [(bar.low, bar.high) for bar in drawing.bars] == [
        ("2016-04", "2016-04"),
        ("2016-05", "2016-05"),
        ("2016-11", "2016-11"),
    ]
    assert [bar.is_chosen for bar in drawing.bars] == [True, True, False]
    assert not draw_histogram(counts, "2003-01-01", None).is_part
    assert draw_histogram(counts, "1990-01-01", "1991-12-31").bars[0].low == "2001-01"


def test_nothing_dated_gives_nothing_to_draw() -> None:
    assert draw_histogram([], None, None).bars == ()


def test_the_network_keeps_to_its_nodes_and_its_frame() -> None:
    circle = Circle(
        tuple(_partner(n) for n in range(60)), (Tie("o0", "o1", 3, True), Tie("o0", "o59", 9, True))
    )
    network = draw_network(circle)
    assert len(network.nodes) == MOST_NODES - 1
    assert network.left_out == 60 - len(network.nodes)
    places = {(node.x, node.y) for node in network.nodes}
    assert len(places) == len(network.nodes)
    assert all(0 < node.y < network.height for node in network.nodes)
    assert len(network.among) == 1
    assert draw_network(circle) == network


def test_the_closest_partners_stand_in_the_middle() -> None:
    network = draw_network(Circle(tuple(_partner(n) for n in range(9)), ()))
    distance = {node.partner.id: abs(node.y - network.height / 2) for node in network.nodes}
    assert distance["o0"] == 0
    assert distance["o8"] == max(distance.values())
