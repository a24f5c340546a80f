"""Which names may be short for which, beside a shared day and partner."""

from __future__ import annotations

import pytest

from timeline.link.kinship import may_be_one
from timeline.link.names import read_body_name

ROWS = [
    ("蓝谷生物", "汐州蓝谷生物科技股份有限公司", True),
    ("星河动力", "星河动力航天科技有限公司", True),
    ("健康产业交流委员会", "华南经济发展协会健康产业交流委员会", True),
    ("东原理工", "东原理工大学", True),
    ("青川中级人民法院", "青川市中级人民法院", True),
    ("星汉科技有限公司", "星汉科技股份有限公司", True),
    ("东材院", "东原先进材料研究院", True),
    ("青川大学", "青川理工大学", False),
    ("青川师范学院", "青川师范大学", False),
    ("青川师范学院", "青川理工大学", False),
    ("东原理工大学", "东原理工大学第一附属医院", False),
    ("东原大学第一附属医院", "东原大学第二附属医院", False),
    ("青川理工大学", "东原理工大学", False),
    ("青川县中级人民法院", "青川市中级人民法院", False),
    ("北岭银行", "北岭银行青川分行", False),
    ("蓝谷生物有限公司", "汐州蓝谷生物科技股份有限公司", False),
    ("星河", "星河动力航天科技有限公司", True),
    ("星", "星河动力航天科技有限公司", False),
    ("星河", "星河动力航天研究院", False),
    ("蓝谷", "汐州蓝谷生物科技股份有限公司", False),
]


@pytest.mark.parametrize(("one", "other", "answer"), ROWS)
def test_one_name_may_be_short_for_another(one: str, other: str, answer: bool) -> None:
    left, right = read_body_name(one).key, read_body_name(other).key
    assert may_be_one(left, right) is answer
    assert may_be_one(right, left) is answer
