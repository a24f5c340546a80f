"""Pairs of numbers in, the component of each number out, in integer arrays."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[np.int64]


def find_components(count: int, left: Numbers, right: Numbers) -> Numbers:
    """Give each of the numbers 0 … count-1 the lowest number that pairs lead to from it.

    Each round hands the lower label over every pair, then follows labels to their own labels: the rounds grow with
    the logarithm of the longest way.
    """
    labels = np.arange(count, dtype=np.int64)
    while left.size:
        lower = np.minimum(labels[left], labels[right])
        np.minimum.at(labels, labels[left], lower)
        np.minimum.at(labels, labels[right], lower)
        while not np.array_equal(labels, hopped := labels[labels]):
            labels = hopped
        is_open = labels[left] != labels[right]
        left, right = left[is_open], right[is_open]
    return labels
