"""What the makers of events draw from: names, kinds of bodies, types, themes, and the days on which things happen."""

from __future__ import annotations

from datetime import date

from timeline.records import EventType

SYLLABLES = "东南西北青白金玉云海山川河江湖林原岭泽石松柏梅兰竹菊星辰日月天地风雷雨雪春夏秋冬晨曦远航宏图伟业华光明德厚仁和安平泰康宁顺达通利丰盛昌隆"
KINDS = (
    "大学",
    "科技有限公司",
    "集团有限公司",
    "研究院",
    "市人民政府",
    "医院",
    "协会",
    "银行",
    "委员会",
    "学院",
)
TYPES: tuple[EventType, ...] = (
    "signing",
    "forum",
    "unveiling",
    "establishment",
    "groundbreaking",
    "opening",
    "launch",
    "expo",
    "visit",
    "award",
)
THEMES = (
    "茶业",
    "再生材料",
    "智能制造",
    "稻作",
    "海洋装备",
    "电池",
    "康养",
    "文旅",
    "港航",
    "芯片",
    "种业",
    "算力",
)
FIRST_DAY, DAYS = date(2005, 1, 1), 20 * 365
