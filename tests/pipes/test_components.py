"""The spaCy components do what extraction does: the same steps, found by name wherever the package is installed."""

from __future__ import annotations

import subprocess
import sys

import spacy

from timeline.pipes import build_pipeline
from timeline.pipes.document import Document
from timeline.pipes.steps import run_steps

TEXT = "5月8日，青川市人民政府与北岭集团在江城签署战略合作协议，副市长李明出席。"


def test_a_doc_holds_what_the_steps_find() -> None:
    doc = build_pipeline()(TEXT)
    document = Document(TEXT)
    run_steps([document])
    assert doc._.document == document
    assert [s.text for s in doc.spans["organizations"]] == ["青川市人民政府", "北岭集团"]
    assert [(s.text, s._.title) for s in doc.spans["people"]] == [("李明", "副市长")]
    assert [t.text for t in doc._.times] == ["5月8日"]
    assert [d.telling.type for d in doc._.drafts] == ["signing"]


def test_a_component_is_found_by_its_name_alone() -> None:
    code = (
        "import spacy; nlp = spacy.blank('zh'); nlp.add_pipe('timeline_names'); doc = nlp('北岭集团签约。'); "
        "print(doc.spans['names'])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert "北岭集团" in done.stdout, done.stderr


def test_nothing_is_looked_for_where_nothing_is_told() -> None:
    document = Document("青川市人民政府的李明说，天气很好。")
    run_steps([document])
    assert not document.tellings
    assert document.names == ()
    assert spacy.blank("zh")("青川市人民政府")._.document is None
