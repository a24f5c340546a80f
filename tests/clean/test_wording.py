"""The marks that words of the lexicon give a line, each with a line that holds the words and does not bear it."""

from __future__ import annotations

import pytest

from timeline.clean.wording import find_field, find_wording

LONG = "，双方将在人才培养与科技创新等方面深入合作" * 8  # made up

# mark, a line that bears it, a line that holds its words and does not
ROWS = (
    ("navigation", "首页 | 登录 | 注册", "国际登录论坛在青川举行"),
    ("related", "相关阅读：", "相关阅读课程已经开了三年，受到学生欢迎。"),
    ("comments", "网友评论（12）", "网友评论该片节奏太慢，导演已经作了回应。"),
    ("abstract", "Abstract", "Abstract art was shown in the gallery held."),
    ("footer", "版权所有 江河网", f"版权所有{LONG}" + LONG),
    ("disclaimer", "声明：本文来自江河网", "两校声明：本文来自江河网"),
    ("reply", "山里人 回复", f"回复{LONG}"),
    ("label", "来源：江河日报", "来源：江河日报？"),
    ("label", "作者 : 江山", "作者江山说：签约"),
    ("byline", "发布于昨天", f"发布于{LONG}"),
    ("caption", "江山（左）与江水握手", f"江山（左）{LONG}"),
    ("caption", "图为签约现场", "这幅图为签约现场"),
    ("caption", "签约现场。 江山 摄", "江山摄像后离开"),
    ("notice", "会议时间：6月9日", "会议时间未定"),
    ("when", "时间：6月9日", "时间未定"),
    ("contact", "地址：江河市文昌路1号", "地址在江河市文昌路"),
    ("signed", "（江河日报记者 江山）", "记者从江河市获悉"),
    ("crumbs", "江河网 生活 正文", "合同正文"),
    ("dateline", "本报讯 两校昨天签约", "据本报讯息两校签约"),
    ("opener", "同时，", "同时签约"),
)


@pytest.mark.parametrize(("mark", "line", "other"), ROWS, ids=[f"{mark}-{line}" for mark, line, _ in ROWS])
def test_words_give_a_mark_only_where_they_stand_for_it(mark: str, line: str, other: str) -> None:
    assert mark in set(find_wording(line, line))
    assert mark not in set(find_wording(other, other))


@pytest.mark.parametrize(
    ("line", "marks"),
    [
        ("title: '两校签约'", {"field", "field_title"}),
        ('"title" => "两校签约"', {"field", "field_title"}),
        ("colour: red", {"field"}),
        ("title 两校签约", set()),
        ("签约title: 1", set()),
    ],
)
def test_a_field_is_named_at_the_begin_of_a_line(line: str, marks: set[str]) -> None:
    assert set(find_field(line)) == marks
