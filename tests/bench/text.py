"""Made news text of any length, the same for one seed: sentences with dates of many shapes, bodies, figures and filler."""

from __future__ import annotations

import random

_TEMPLATES = (
    "{d}，{a}与{b}在{p}签署战略合作协议，双方将在{f}领域开展合作。",
    "据介绍，{a}{f}项目总投资{n}亿元，计划于{y}年底前建成投用。",
    "{d}上午，第{k}届{f}产业发展论坛在{p}举行，来自{n}家单位的代表参加会议。",
    "近年来，{a}围绕{f}持续加大投入，累计培训{n}人次，取得了良好的社会效益和经济效益。",
    "日前，由{a}主办、{b}承办的{f}展览会落下帷幕，为期三天的展会吸引观众{n}人次。",
    "{a}有关负责人表示，下一步将继续深化改革，完善机制，推动各项工作再上新台阶。",
    "去年{m}月，{b}正式揭牌成立；今年上半年，该机构已服务企业{n}家。",
    "“我们对未来充满信心。”{b}负责人说，“{y}年以来，{f}的变化有目共睹。”",
    "项目建成后，预计每年可处理{n}吨原料，带动就业{k}百余人，减少排放约{n}吨。",
)
_DULL = (
    "近年来，{a}围绕{f}持续加大投入，累计培训{n}人次，取得了良好的社会效益和经济效益。",
    "{p}{f}企业的平均利润为{n}万元，比全国平均水平略高。",
    "{a}有关负责人表示，下一步将继续深化改革，完善机制，推动各项工作再上新台阶。",
    "专家提醒，{f}从业人员应当注意安全，发现问题及时报告{a}。",
    "在{p}，{f}早已成为居民生活的一部分，老人和孩子都乐在其中。",
)
_PLACES = ("江河市", "云岭县", "青川新区", "北京", "上海", "广州", "成都")
_HEADS = ("江河", "云岭", "东海", "南山", "北辰", "西川", "青禾", "远航", "恒泰")
_KINDS = ("大学", "集团有限公司", "研究院", "科技股份有限公司", "市人民政府", "中心医院")
_FIELDS = ("新能源", "现代农业", "智能制造", "港口物流", "文化旅游", "生物医药", "职业教育")


def make_text(characters: int, *, seed: int = 1) -> str:
    """Make at least so many characters of news, a paragraph every few sentences."""
    chance = random.Random(seed)
    out: list[str] = []
    length = 0
    while length < characters:
        sentence = chance.choice(_TEMPLATES).format(
            d=_date(chance),
            a=chance.choice(_HEADS) + chance.choice(_KINDS),
            b=chance.choice(_HEADS) + chance.choice(_KINDS),
            p=chance.choice(_PLACES),
            f=chance.choice(_FIELDS),
            n=chance.randint(2, 9000),
            k=chance.randint(2, 30),
            y=chance.randint(2012, 2025),
            m=chance.randint(1, 12),
        )
        if chance.random() < 0.2:
            sentence += "\n"
        out.append(sentence)
        length += len(sentence)
    return "".join(out)


def make_dull(characters: int, *, seed: int = 1) -> str:
    """Make at least so many characters that tell of no event: figures, plans in general, advice."""
    chance = random.Random(seed)
    out: list[str] = []
    while sum(map(len, out)) < characters:
        template = chance.choice(_DULL)
        out.append(
            template.format(
                a=chance.choice(_HEADS) + chance.choice(_KINDS),
                f=chance.choice(_FIELDS),
                p=chance.choice(_PLACES),
                n=chance.randint(2, 9000),
            )
        )
    return "".join(out)


def make_pages(number: int, *, seed: int = 1) -> list[str]:
    """Make pages of about 1,500 characters, each with a title and a byline."""
    return [
        f"{_HEADS[i % len(_HEADS)]}要闻：第{i}期\n发布时间：2024-06-{i % 28 + 1:02d} 来源：江河日报\n"
        + make_text(1450, seed=seed * 10_007 + i)
        for i in range(number)
    ]


def _date(chance: random.Random) -> str:
    month, day = chance.randint(1, 12), chance.randint(1, 28)
    shapes = (
        f"{month}月{day}日", f"{chance.randint(2010, 2024)}年{month}月{day}日", f"{day}日", f"{month}月{day}日至{day + 1}日",
        "近日", "昨天", f"今年{month}月", f"6月{day}日（周三）",
    )  # fmt: skip
    return chance.choice(shapes)
