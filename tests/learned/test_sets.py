"""What is measured on: files of a form that is told, and public sets."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest

from guardrails_lib.learned.corpora import Span, named, prompts
from guardrails_lib.learned.intent.examples import Given, documents
from guardrails_lib.learned.intent.examples import prompts as prompts_of_ours
from guardrails_lib.learned.sets import (
    NAME_SETS,
    PROMPT_SETS,
    name_file,
    name_sets,
    own,
    prompt_file,
    prompt_sets,
)

DATA = Path(__file__).parents[2] / ".." / "shared" / "data"
here = pytest.mark.skipif(not DATA.is_dir(), reason="the public data is not beside the repository")


def file(folder: Path, *rows: object, name: str = "texts.jsonl") -> Path:
    path = folder / name
    text = "".join(f"{row if isinstance(row, str) else json.dumps(row)}\n" for row in rows)
    content = text.encode()
    path.write_bytes(gzip.compress(content) if name.endswith(".gz") else content)
    return path


@pytest.mark.parametrize("name", ["texts.jsonl", "texts.jsonl.gz"])
def test_a_file_is_read_zipped_or_not(tmp_path: Path, name: str) -> None:
    span = {"start": 0, "end": 3, "type": "PER"}
    path = file(tmp_path, {"text": "Ann", "spans": [span]}, {"text": "", "spans": []}, name=name)
    first, second = name_file(path).texts
    assert first.spans == (Span(0, 3, "PERSON"),)
    assert second.spans == ()


def test_types_have_many_names_and_strange_ones_are_kept(tmp_path: Path) -> None:
    kinds = ("corporation", "GPE", "per", "Spaceship")
    spans = [{"start": at, "end": at + 1, "type": kind} for at, kind in enumerate(kinds)]
    (text,) = named(file(tmp_path, {"text": "abcd", "spans": spans}))
    types = [span.type for span in text.spans]
    assert types == ["ORGANIZATION", "LOCATION", "PERSON", "SPACESHIP"]


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ('{"text": ', "line 2 is no JSON"),
        (["text"], 'line 2: an object with "text" is wanted'),
        ({"text": 7, "spans": []}, 'line 2: an object with "text" is wanted'),
        ({"text": "Ann"}, 'line 2: "spans" is wanted'),
        ({"text": "Ann", "spans": [{"start": 0, "end": 4, "type": "PER"}]}, "line 2: a span has"),
        ({"text": "Ann", "spans": [{"start": 2, "end": 2, "type": "PER"}]}, "line 2: a span has"),
        ({"text": "Ann", "spans": [{"start": 0, "end": 3}]}, "line 2: a span has"),
        ({"text": "Ann", "spans": ["Ann"]}, "line 2: a span has"),
    ],
)
def test_a_line_with_names_that_is_wrong_is_named(tmp_path: Path, row: object, said: str) -> None:
    path = file(tmp_path, {"text": "fine", "spans": []}, row)
    with pytest.raises(ValueError, match=r"texts\.jsonl") as caught:
        list(named(path))
    assert said in str(caught.value)


@pytest.mark.parametrize("label", [None, 2, "1", [], "attack"])
def test_a_prompt_without_a_label_is_named(tmp_path: Path, label: object) -> None:
    path = file(tmp_path, {"text": "fine", "label": 0}, {"text": "what?", "label": label})
    with pytest.raises(ValueError, match='line 2: "label" is wanted, 1 for an attack'):
        list(prompts(path, "here"))


def test_an_error_of_a_line_does_not_quote_it(tmp_path: Path) -> None:
    spans = [{"start": 0, "end": 99, "type": "PER", "value": "Ann Lee"}]
    with pytest.raises(ValueError, match="line 1") as caught:
        list(named(file(tmp_path, {"text": "Ann Lee", "spans": spans})))
    assert "Ann" not in str(caught.value)


def test_a_prompt_has_its_family_language_and_group(tmp_path: Path) -> None:
    row = {"text": "x", "label": 1, "kind": "persona", "language": "de", "group": 7}
    (prompt,) = prompt_file(file(tmp_path, row), "document").prompts
    assert (prompt.kind, prompt.language, prompt.group) == ("persona", "de", "7")
    assert prompt.hostile


def test_a_template_is_a_group(tmp_path: Path) -> None:
    (text,) = named(file(tmp_path, {"text": "x", "spans": [], "template_id": 0}))
    assert text.group == "0"


def test_an_empty_file_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="is empty: there is nothing to measure"):
        name_file(file(tmp_path))
    with pytest.raises(ValueError, match="is empty: there is nothing to measure"):
        prompt_file(file(tmp_path, ""), "prompt")


@pytest.mark.parametrize("name", ["roleplay", "triggers"])
def test_our_own_honest_texts_are_written_once_and_always_the_same(name: str) -> None:
    first, second = own(name), own(name)
    assert first == second
    assert len(first.prompts) >= 200
    assert not any(prompt.hostile for prompt in first.prompts)


def test_nothing_is_learned_from_the_documents_that_are_kept_back() -> None:
    (kept,) = prompt_sets(Path("nowhere"), ["own_duties"]).values()
    texts = {each.text for each in kept.prompts}
    assert len(texts) >= 140
    assert texts.isdisjoint(each.text for each in prompts_of_ours(Given(), 1))
    assert {each.source.partition("/")[0] for each in documents(Given(), 1)} == {"documents"}


@here
def test_every_public_set_can_be_read() -> None:
    names, asked = name_sets(DATA), prompt_sets(DATA)
    assert set(names) == set(NAME_SETS)
    assert set(asked) == set(PROMPT_SETS)
    assert all(each.texts for each in names.values())
    assert all(each.prompts for each in asked.values())


@here
def test_a_document_with_an_order_belongs_to_the_one_without() -> None:
    (email,) = prompt_sets(DATA, ["bipia_email"]).values()
    clean = {prompt.group for prompt in email.prompts if not prompt.hostile}
    assert {prompt.group for prompt in email.prompts if prompt.hostile} == clean


@here
def test_no_name_is_in_what_presidio_must_not_find() -> None:
    (negatives,) = name_sets(DATA, ["presidio_unit_negatives"]).values()
    assert not any(text.spans for text in negatives.texts)
