"""The marks that a line's dates, ends and signs give it, each with a line that comes close and does not bear it."""

from __future__ import annotations

import pytest

from timeline.clean.lines import find_lines
from timeline.clean.shapes import is_final, is_only_stamp

# mark, a line that bears it, a line that does not
ROWS = (
    ("stamp", "江河日报 2021-06-09 10:24", "江河日报第21-06号文件"),
    ("short_stamp", "江河日报 2021-06-09 10:24", "两校于2021-06-09签约，共建研究院，培养人才。"),
    ("stamp_first", "2021-06-09 论坛开幕", "论坛开幕 2021-06-09"),
    ("stamp_only", "[2021-06-09 10:24:00]", "2021-06-09 论坛"),
    ("dated", "6月9日，江河论坛在青川开幕", "江河论坛6月9日在青川开幕了"),
    ("dateline", "新华社青川6月9日电（记者江山）", "论坛将于6月9日在青川举行"),
    ("slot", "09:00-09:30 嘉宾签到", "09:00 嘉宾签到"),
    ("opener", "6月9日，", "6月9日论坛"),
    ("final", "两校签约。”", "两校签约，"),
    ("final", "The talks were held.", "U.S."),
    ("sentence", "两校签约。记者江山", "两校签约，记者江山"),
    ("commas", "甲，乙、丙", "甲，乙"),
    ("colon_end", "签约项目如下：", "签约项目：三个"),
    ("open_end", "出席论坛的有两校校长（", "出席论坛的有两校校长"),
    ("open_end", "出席论坛的有甲,", "signed in May,"),
    ("broken_start", "，在青川举行", "在青川举行，"),
    ("item", "一、加强合作", "一家公司签约"),
    ("item", "12. 加强合作", "12亿元项目签约"),
    ("person", "江河市水务局局长 江山", "江河市水务局 江山"),
    ("bullet", "· 两校签约", "两校 · 签约"),
    ("heading", "## 两校签约", "#两校签约"),
    ("cut_start", "...县举行开工仪式", "县...举行开工仪式"),
    ("cut_end", "全力打造新城…", "全力打造…新城"),
    ("table", "|甲|乙|丙", "甲|乙|丙|丁"),
    ("crumbs", "首页 > 新闻 > 两校签约", "产值>3亿元"),
    ("bar", "归档 | 关于 | 地图", "归档 | 关于"),
    ("rank", "3 秋季养生的七个要点 11199", "秋季养生的七个要点 11199"),
    ("citation", "《江河日报》（2016-06-03 第8版）", "《江河日报》报道了签约"),
    ("citation", "第03版：要闻", "第3版草案提交大会审议讨论"),
    ("reply", "2楼 山里人", "2号楼封顶"),
    ("caption", "图1：签约现场", "图书馆：签约现场"),
    ("contact", "电话0531-85193561", "编号531-85193561"),
    ("latin", "The two universities signed 约", "两校签约 MOU"),
    ("debris", "----", "-- 约"),
)


@pytest.mark.parametrize(("mark", "line", "other"), ROWS, ids=[f"{mark}-{line}" for mark, line, _ in ROWS])
def test_a_line_bears_a_mark_and_one_like_it_does_not(mark: str, line: str, other: str) -> None:
    bearing, bare = find_lines(line), find_lines(other)
    assert mark in bearing[0].marks
    assert mark not in bare[0].marks


@pytest.mark.parametrize(
    "day", ["2021-06-09", "2021年6月9日", "06-09", "二〇二一年六月九日", "3天前", "10:24"]
)
def test_a_stamp_is_a_line_of_its_own(day: str) -> None:
    assert is_only_stamp(day)
    assert is_only_stamp(f"（{day}）")
    assert not is_only_stamp(f"{day}，论坛开幕")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("签约。", True),
        ("“签约！”）", True),
        ("held.", True),
        ("签约）", False),
        ("签约3.", False),
        ("", False),
    ],
)
def test_a_line_ends_as_a_sentence_does(line: str, expected: bool) -> None:
    assert is_final(line) is expected
