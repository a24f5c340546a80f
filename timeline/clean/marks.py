"""Where a text may be read one byte off: the cues, and the shapes of a gloss beside a lost byte."""

from __future__ import annotations

import re

from timeline.clean.glosses import TONED_SYLLABLE
from timeline.patterns import regex

# a lost byte before a mark that the damaging tool puts a stray byte before
STRUCK_MARKS = {"!": "！", "！": "！", ";": "；", "；": "；"}
_CUE = rf"""
      \?(?=(?P<reading>{TONED_SYLLABLE})\s?\))   # 展?jié)摿 for 展(潛): the lead byte and the bracket are gone
    | \?(?=[！!；;](?:[^\x00-\x7f]|\?))            # 域?！笆 for 域。“
    """
CUE = regex(_CUE, re.VERBOSE, needs=("?",))
# behind a lost bracket: jié)
GLOSS_TAIL = regex(rf"(?P<reading>{TONED_SYLLABLE})\s?\)")
# a whole gloss: (jié)
GLOSS = regex(rf"\((?P<reading>{TONED_SYLLABLE})\s?\)")
# a glossed character: 節(jié)
GLOSSED = regex(rf"(?P<character>[\u4e00-\u9fff])\((?P<reading>{TONED_SYLLABLE})\s?\)")
# a tag whose bracket was swallowed: /p>  br />
TAG_TAIL = regex(r"/?[A-Za-z]{1,10}(?:\s[^<>\n]{0,60})?/?>")
# a cue and what may stand off step behind it, up to the next single byte
STRETCH = regex(rf"(?:{_CUE})(?:{TONED_SYLLABLE}\s?\))?[^\na-zA-Z0-9(]{{0,80}}", re.VERBOSE)
