"""What `pii` finds, what it is told, and what it says of it."""

from __future__ import annotations

import copy
import logging
import pickle
import re
import runpy
import subprocess
import sys
import textwrap
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("presidio_analyzer", reason="the pii extra is not installed")

import spacy
from presidio_analyzer import (
    AnalysisExplanation,
    EntityRecognizer,
    Pattern,
    PatternRecognizer,
    RecognizerResult,
)
from presidio_analyzer.nlp_engine import NlpArtifacts, SpacyNlpEngine

from guardrails_lib import (
    Abstained,
    Action,
    Blocked,
    Check,
    Escalated,
    Event,
    Outcome,
    Policy,
    PolicyError,
    block,
    flag,
    guard,
    redact,
)
from guardrails_lib.checks import pii
from guardrails_lib.learned.names import Name
from guardrails_lib.learned.weights import path_of
from guardrails_lib.presidio.names import NamesRecognizer, unclaimed
from guardrails_lib.presidio.recognizers import NAMED, blank, chosen, engine, named

CARD = " ".join(["4111", *["1111"] * 3])
SSN = "-".join(("536", "90", "4399"))
MAIL = "ann@example.com"
HIDDEN = "\u200b"


def kinds(check: Check[str], text: str) -> list[str]:
    return [found.kind for found in check(text)]


def found(check: Check[str], text: str) -> list[tuple[str, int, int, float]]:
    return [(f.kind, f.span.start, f.span.end, f.score) for f in check(text) if f.span]


def by_presidio(
    text: str, recognizers: Sequence[EntityRecognizer] = (), nlp: Any = None, **how: Any
) -> list[tuple[str, int, int, float]]:
    every = [*chosen(None), *recognizers, *unclaimed(None, recognizers)]
    results = engine(every, nlp).analyze(text, "en", **how)
    return [(each.entity_type, each.start, each.end, each.score) for each in results]


def echo(policy: Policy) -> Callable[[str], Outcome[str]]:
    @guard(policy)
    def ask(prompt: str) -> str:
        return prompt

    return ask


class Words(EntityRecognizer):
    """Finds a word of its own."""

    def load(self) -> None:
        """There is nothing to load."""

    def analyze(
        self, text: str, entities: list[str], nlp_artifacts: NlpArtifacts
    ) -> list[RecognizerResult]:
        said = {
            RecognizerResult.RECOGNIZER_NAME_KEY: "Words",
            RecognizerResult.RECOGNIZER_IDENTIFIER_KEY: self.id,
        }
        return [
            RecognizerResult("CODE", *each.span(), 0.4, AnalysisExplanation("Words", 0.4), said)
            for each in re.finditer("zzz", text)
        ]


class Weighing(Words):
    """Is sure of a word beside which others have found something."""

    def enhance_using_context(
        self,
        text: str,
        raw_recognizer_results: list[RecognizerResult],
        other_raw_recognizer_results: list[RecognizerResult],
        nlp_artifacts: NlpArtifacts,
        context: list[str] | None = None,
    ) -> list[RecognizerResult]:
        results = copy.deepcopy(raw_recognizer_results)
        for each in results:
            if any(abs(other.start - each.start) < 20 for other in other_raw_recognizer_results):
                each.score = 0.9
            if context:
                each.score = 0.95
        return results


class WeighingPatterns(PatternRecognizer):
    """Is sure of a pattern where a word is given."""

    enhance_using_context = Weighing.enhance_using_context


class Loud:
    """Takes what is shouted for a name."""

    width = back = 40

    def find(self, text: str) -> list[Name]:
        return [Name(*each.span(), "PERSON", 0.9) for each in re.finditer(r"\b[A-Z]{3,9}\b", text)]

    def tail(self, text: str) -> int:
        return 1 + text.rfind(" ")


class Broken(Words):
    """Cannot tell."""

    def analyze(
        self, text: str, entities: list[str], nlp_artifacts: NlpArtifacts
    ) -> list[RecognizerResult]:
        raise ValueError(text)


class BrokenWeighing(Words):
    """Finds, and cannot weigh."""

    def enhance_using_context(self, text: str, *_: Any, **__: Any) -> list[RecognizerResult]:
        raise ValueError(text)


class BrokenDigits(PatternRecognizer):
    """Cannot compute a check digit."""

    def validate_result(self, pattern_text: str) -> bool | None:
        raise ValueError(pattern_text)


def badge(score: float = 0.5, **how: Any) -> PatternRecognizer:
    return PatternRecognizer("BADGE", patterns=[Pattern("badge", r"\bB-\d{3}\b", score)], **how)


def names() -> SpacyNlpEngine:
    words = spacy.blank("en")
    known = [{"label": "PERSON", "pattern": name} for name in ("Zoe", "Ann Lee")]
    words.add_pipe("entity_ruler").add_patterns(known)  # type: ignore[attr-defined]  # a pipe has no type
    made = SpacyNlpEngine(models=[{"lang_code": "en", "model_name": "none"}])
    made.nlp = {"en": words}  # type: ignore[assignment]  # Presidio writes no type here
    return made


# -- what is refused where it is written


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"entities": "URL"}, r'entities= takes several: write entities=\("URL",\)'),
        ({"entities": ()}, "leave it out to look for everything"),
        ({"entities": 5}, "entities= takes several"),
        ({"entities": [5]}, "entities= takes texts"),
        ({"entities": [""]}, "entities= takes texts"),
        ({"entities": ["NOPE"]}, "no recognizer finds NOPE; what can be found: CREDIT_CARD"),
        ({"entities": ["NRP"]}, "NRP needs an NlpEngine.*LOCATION.*ORGANIZATION, PERSON"),
        ({"entities": ["IN_PAN"]}, r'IN_PAN needs countries=\("in",\)'),
        ({"countries": "de"}, r'write countries=\("de",\)'),
        ({"countries": ["xx"]}, "no recognizer is of xx; countries: au"),
        ({"countries": [4]}, "countries= takes texts"),
        ({"threshold": 1.1}, "from 0 to 1"),
        ({"threshold": -0.1}, "from 0 to 1"),
        ({"threshold": float("nan")}, "from 0 to 1"),
        ({"threshold": "0.5"}, "from 0 to 1"),
        ({"allow": "x"}, r'write allow=\("x",\)'),
        ({"allow": 5}, "allow= takes several"),
        ({"allow": [5]}, "allow= takes texts"),
        ({"allow": {"URL": "x"}}, r'write allow=\("x",\)'),
        ({"allow": {"URL": 5}}, "allow= takes several"),
        ({"allow": {"": ["x"]}}, "allow= takes texts"),
        ({"allow": {5: ["x"]}}, "allow= takes texts"),
        ({"allow": {"NOPE": ["x"]}}, "allow= names NOPE"),
        ({"deny": "x"}, r'write deny=\("x",\)'),
        ({"deny": 5}, "deny= takes several"),
        ({"deny": {"X": "x"}}, r'write deny=\("x",\)'),
        ({"deny": {"X": [""]}}, "deny= takes texts"),
        ({"deny": {"": ["x"]}}, "deny= takes texts"),
        ({"deny": {5: ["x"]}}, "deny= takes texts"),
        ({"deny": {"X": str.isdigit}}, "deny= takes several"),
        ({"context": "x"}, r'write context=\("x",\)'),
        ({"context": [""]}, "context= takes texts"),
        ({"recognizers": 5}, "recognizers= takes several"),
        ({"recognizers": [5]}, "an EntityRecognizer of Presidio"),
        ({"recognizers": [Words]}, "an EntityRecognizer of Presidio, made"),
        ({"recognizers": [badge(supported_language="de")]}, 'supported_language="en"'),
        ({"nlp": "en_core_web_lg"}, "nlp= takes an NlpEngine of Presidio"),
        ({"through": None}, "through= is True or False"),
    ],
    ids=lambda each: re.sub(r" at 0x[0-9a-f]+", "", repr(each)),
)
def test_what_makes_no_sense_is_refused_where_it_is_written(
    wrong: dict[str, Any], said: str
) -> None:
    with pytest.raises(PolicyError, match=said):
        pii(**wrong)


def test_a_misspelt_parameter_is_refused() -> None:
    wrong: dict[str, Any] = {"entity": ["URL"]}
    with pytest.raises(TypeError, match="entity"):
        pii(**wrong)


def test_without_presidio_the_line_to_install_it_is_said_where_it_is_written() -> None:
    said = in_a_process(
        """
        sys.modules["presidio_analyzer"] = None
        try:
            pii()
        except PolicyError as problem:
            print(problem)
        """
    )
    assert said == 'PII needs Presidio: pip install "guardrails-lib[pii]"'


def in_a_process(code: str) -> str:
    """What *code* prints in a process of its own."""
    begin = (
        "import sys\nfrom guardrails_lib import PolicyError\nfrom guardrails_lib.checks import pii"
    )
    whole = f"{begin}\n{textwrap.dedent(code)}"
    done = subprocess.run([sys.executable, "-c", whole], capture_output=True, text=True, check=True)
    return done.stdout.strip()


# -- what is looked for


def test_entities_leave_out_the_rest() -> None:
    assert kinds(pii(entities=["EMAIL_ADDRESS"]), f"{MAIL} {CARD}") == ["EMAIL_ADDRESS"]


def test_a_country_brings_its_own() -> None:
    number = "ABC" + "PD1234E"
    assert "IN_PAN" in kinds(pii(countries=["in"]), f"pan {number}")
    assert "IN_PAN" not in kinds(pii(), f"pan {number}")


def test_a_country_is_read_in_any_case() -> None:
    assert pii(countries=["IN"]) == pii(countries=["in"])


@pytest.mark.parametrize("threshold", [None, 0, 0.05, 0.4, 0.5, 0.85, 1])
def test_a_threshold_leaves_out_what_presidio_leaves_out(threshold: float | None) -> None:
    text = f"ssn {SSN}, mail {MAIL}, card {CARD}, 12345678, 2020-01-01"
    check = pii(threshold=threshold, through=False)
    assert found(check, text) == by_presidio(text, score_threshold=threshold)


def test_what_is_allowed_is_allowed_exactly() -> None:
    check = pii(entities=["EMAIL_ADDRESS"], allow=[MAIL])
    assert kinds(check, MAIL) == []
    assert kinds(check, f"x{MAIL}") == kinds(check, MAIL.upper()) == ["EMAIL_ADDRESS"]


def test_what_is_allowed_as_one_entity_is_found_as_another() -> None:
    check = pii(entities=["EMAIL_ADDRESS", "URL"], allow={"URL": ["example.com"]})
    assert kinds(check, MAIL) == ["EMAIL_ADDRESS"]
    assert kinds(check, "see example.com") == []
    assert kinds(pii(entities=["EMAIL_ADDRESS", "URL"], allow={"URL": [MAIL]}), MAIL) == [
        "EMAIL_ADDRESS",
        "URL",
    ]


def test_a_function_says_what_is_allowed() -> None:
    check = pii(entities=["EMAIL_ADDRESS"], allow=lambda text: text.endswith("@example.com"))
    assert kinds(check, f"{MAIL}, bob@example.org") == ["EMAIL_ADDRESS"]


def test_a_function_says_what_is_allowed_of_one_entity() -> None:
    check = pii(entities=["EMAIL_ADDRESS", "URL"], allow={"URL": lambda _: True})
    assert kinds(check, MAIL) == ["EMAIL_ADDRESS"]


def test_a_hidden_character_in_what_is_allowed_is_not_allowed() -> None:
    check = pii(entities=["EMAIL_ADDRESS"], allow=[MAIL])
    assert kinds(check, MAIL.replace("a", f"a{HIDDEN}", 1)) == ["EMAIL_ADDRESS"]


def test_what_is_denied_can_be_allowed() -> None:
    check = pii(entities=["URL"], deny=["gnu", "emu"], allow={"DENIED": ["gnu"]})
    assert found(check, "gnu emu") == [("DENIED", 4, 7, 1.0)]


def broken(text: str) -> bool:
    raise ValueError(text)


@pytest.mark.parametrize("verb", [redact, block])
def test_a_function_that_cannot_say_what_is_allowed_ends_the_call(verb: Any) -> None:
    outcome = echo(Policy(input=(verb(pii(allow=broken)),)))(MAIL)
    assert isinstance(outcome, Escalated | Blocked)
    assert [each.kind for each in outcome.findings] == ["error"]
    assert MAIL not in repr(outcome) + repr(outcome.record)


def test_a_word_that_is_denied_is_found_by_itself_in_any_case() -> None:
    check = pii(entities=["URL"], deny=["gnu"])
    assert found(check, "a Gnu, gnus") == [("DENIED", 2, 5, 1.0)]


def test_words_are_denied_by_entity() -> None:
    check = pii(entities=["URL"], deny={"ANIMAL": ["gnu"], "PLANT": ["oak", "a.b"]})
    assert [each[:3] for each in found(check, "oak gnu a.b axb")] == [
        ("PLANT", 0, 3),
        ("ANIMAL", 4, 7),
        ("PLANT", 8, 11),
    ]


def test_words_of_the_context_count_as_said() -> None:
    text = f"nothing near {SSN}"
    assert found(pii(context=["ssn"], through=False), text) == by_presidio(text, context=["ssn"])
    assert found(pii(context=["ssn"]), text)[0][3] > found(pii(), text)[0][3]


# -- recognizers of one's own

OWN: dict[str, EntityRecognizer] = {
    "a pattern": badge(),
    "a pattern with words": badge(0.3, context=["pass"]),
    "a pattern in one case": badge(global_regex_flags=re.DOTALL),
    "a list": PatternRecognizer("ANIMAL", deny_list=["zzz", "Gnu"]),
    "a list with a score": PatternRecognizer("ANIMAL", deny_list=["zzz"], deny_list_score=0.3),
    "its own way": Words(["CODE"]),
    "its own way, with words": Words(["CODE"], context=["mail"]),
    "its own way and threshold": Words(["CODE"], score_thresholds={"CODE": 0.5}),
    "its own weighing": Weighing(["CODE"]),
    "its own weighing, with words": Weighing(["CODE"], context=["mail"]),
    "patterns and its own weighing": WeighingPatterns(
        "BADGE", patterns=[Pattern("badge", r"\bB-\d{3}\b", 0.3)]
    ),
}
TEXTS = (
    f"zzz here, mail {MAIL} and zzz and a pass: B-123 b-456",
    f"zzz {'far ' * 12} gnu B-123 zzz: {CARD}",
    "zzz",
    "",
)


@pytest.mark.parametrize("name", OWN)
@pytest.mark.parametrize("how", [{}, {"context": ["mail"]}, {"threshold": 0.5}], ids=repr)
def test_a_recognizer_of_ones_own_finds_what_it_finds_in_presidio(
    name: str, how: dict[str, Any]
) -> None:
    check = pii(recognizers=[OWN[name]], through=False, **how)
    given = {"context": how.get("context"), "score_threshold": how.get("threshold")}
    for text in TEXTS:
        assert found(check, text) == by_presidio(text, [OWN[name]], **given)


@pytest.mark.parametrize(
    ("recognizer", "kept"),
    [
        (Broken(["CODE"]), []),
        (BrokenWeighing(["CODE"]), ["CODE"]),
        (BrokenDigits("CODE", patterns=[Pattern("three", "zzz", 0.4)]), []),
    ],
    ids=["finding", "weighing", "validating"],
)
class TestARecognizerThatBreaks:
    """It is an error, and the others have their say."""

    def test_is_a_finding_beside_those_of_the_others(
        self, recognizer: EntityRecognizer, kept: list[str]
    ) -> None:
        check = pii(entities=["EMAIL_ADDRESS", "CODE"], recognizers=[recognizer])
        assert kinds(check, f"{MAIL} zzz") == ["EMAIL_ADDRESS", *kept, "error"]

    def test_is_named_and_nothing_is_quoted(
        self, recognizer: EntityRecognizer, kept: list[str]
    ) -> None:
        *_, error = pii(recognizers=[recognizer])(f"{MAIL} zzz")
        assert error.message == f"{type(recognizer).__name__} could not tell"
        assert error.span is None

    def test_ends_the_call(self, recognizer: EntityRecognizer, kept: list[str]) -> None:
        outcome = echo(Policy(input=(redact(pii(recognizers=[recognizer])),)))("zzz")
        assert isinstance(outcome, Escalated)

    def test_means_what_its_rule_says(self, recognizer: EntityRecognizer, kept: list[str]) -> None:
        rule = flag(pii(recognizers=[recognizer]), on_error=Action.ABSTAIN)
        assert isinstance(echo(Policy(input=(rule,)))("zzz"), Abstained)


def test_a_recognizer_that_finds_what_is_not_there_is_an_error() -> None:
    class Beyond(Words):
        def analyze(self, *_: Any, **__: Any) -> list[RecognizerResult]:
            return [RecognizerResult("CODE", -5, 1_000, 0.4)]

    outcome = echo(Policy(input=(redact(pii(recognizers=[Beyond(["CODE"])])),)))("a text")
    assert isinstance(outcome, Escalated)
    assert [each.kind for each in outcome.findings] == ["error"]


def test_a_recognizer_may_say_nothing_at_all() -> None:
    class Silent(Words):
        def analyze(self, *_: Any, **__: Any) -> Any:
            return None

    assert kinds(pii(entities=["CODE"], recognizers=[Silent(["CODE"])]), "zzz") == []


def test_a_pattern_that_runs_away_is_stopped_and_is_an_error() -> None:
    endless = Pattern("slow", r"(?:(?:x|xx)+,?)+(?<=yy)", 0.4)
    slow = PatternRecognizer("CODE", patterns=[endless])
    began = time.process_time()
    check = pii(entities=["EMAIL_ADDRESS", "CODE"], recognizers=[slow])
    assert kinds(check, f"{'x' * 60};yz {MAIL}") == ["EMAIL_ADDRESS", "error"]
    assert time.process_time() - began < 10


# -- names

TOLD = "My name is Maria Schneider and I live in Berlin.\nI work for Deutsche Bank."


def words_found(check: Check[str], text: str) -> list[tuple[str, str]]:
    return sorted((kind, text[start:end]) for kind, start, end, _ in found(check, text))


def test_names_are_found_unless_told_otherwise() -> None:
    assert words_found(pii(), TOLD) == [
        ("LOCATION", "Berlin"),
        ("ORGANIZATION", "Deutsche Bank"),
        ("PERSON", "Maria Schneider"),
    ]


@pytest.mark.parametrize("kind", NAMED)
def test_one_kind_of_names_can_be_all_that_is_looked_for(kind: str) -> None:
    assert kinds(pii(entities=[kind]), f"{TOLD}\n{MAIL}") == [kind]


def test_a_threshold_leaves_out_names_that_are_less_certain() -> None:
    scores = [each.score for each in pii(entities=NAMED)(TOLD)]
    assert None not in scores
    sure = [each.score for each in pii(entities=NAMED, threshold=scores[1])(TOLD)]
    assert sure == [each for each in scores if (each or 0) >= (scores[1] or 0)]


def test_a_name_that_is_allowed_is_no_finding() -> None:
    assert kinds(pii(entities=["PERSON"], allow=["Maria Schneider"]), TOLD) == []


def test_a_name_that_is_denied_is_found_though_nothing_was_learned_of_it() -> None:
    check = pii(entities=["LOCATION"], deny={"PERSON": ["qwxz"]})
    assert words_found(check, "qwxz is in Berlin") == [("LOCATION", "Berlin"), ("PERSON", "qwxz")]


def test_a_list_of_names_adds_to_what_was_learned() -> None:
    ours = PatternRecognizer("PERSON", deny_list=["qwxz"])
    check = pii(entities=["PERSON"], recognizers=[ours])
    assert words_found(check, f"qwxz: {TOLD}") == [
        ("PERSON", "Maria Schneider"),
        ("PERSON", "qwxz"),
    ]


def test_a_model_of_ones_own_takes_the_place_of_what_was_learned() -> None:
    check = pii(entities=["CODE", "PERSON", "LOCATION"], recognizers=[Words(["CODE", "PERSON"])])
    assert words_found(check, f"The code is zzz.\n{TOLD}") == [
        ("CODE", "zzz"),
        ("LOCATION", "Berlin"),
    ]


def test_names_read_with_another_model_are_found_by_that() -> None:
    check = pii(recognizers=[NamesRecognizer(["PERSON"], model=Loud())], entities=["PERSON"])
    assert words_found(check, f"SHE is it.\n{TOLD}") == [("PERSON", "SHE")]


def test_in_a_language_of_its_own_presidio_runs_it_too() -> None:
    german = NamesRecognizer(["PERSON"], "de")
    assert german.supported_language == "de"
    assert [each.entity_type for each in german.analyze(TOLD, [])] == ["PERSON"]


def test_where_no_names_are_looked_for_what_was_learned_is_not_read() -> None:
    said = in_a_process(
        """
        from guardrails_lib.learned import weights
        weights.path_of = None
        print([each.kind for each in pii(entities=["EMAIL_ADDRESS"])("ann@example.com")])
        """
    )
    assert said == "['EMAIL_ADDRESS']"


def with_weights_at(path: Path) -> str:
    """What is said where names are looked for, and what was learned of them is at *path*."""
    return in_a_process(
        f"""
        from pathlib import Path
        from guardrails_lib.learned import weights
        weights.path_of = lambda name: Path({str(path)!r})
        try:
            pii()
        except PolicyError as problem:
            print(problem)
        """
    )


def test_weights_that_are_missing_are_said_where_it_is_written(tmp_path: Path) -> None:
    assert str(tmp_path / "names.weights") in with_weights_at(tmp_path / "names.weights")


def test_weights_that_are_damaged_are_said_where_it_is_written(tmp_path: Path) -> None:
    path = tmp_path / "names.weights"
    path.write_bytes(path_of("names").read_bytes()[:-1])
    assert f"{path} is damaged" in with_weights_at(path)


@pytest.mark.parametrize("text", ["", " ", "\n", "12 34", "!?", "\u0300", "\ud800", "\0", "\u4e2d"])
def test_what_has_no_word_has_no_name(text: str) -> None:
    assert kinds(pii(entities=NAMED), text) == []


# -- an engine


def test_an_engine_brings_names() -> None:
    text = f"Zoe knows Ann Lee, {MAIL}"
    assert [kind for kind, *_ in found(pii(nlp=names()), text)].count("PERSON") == 2


def test_with_an_engine_it_finds_what_presidio_finds() -> None:
    nlp = names()
    for text in (f"Zoe: {MAIL}, ssn {SSN}", "Ann Lee and Zoe", "bob", ""):
        assert found(pii(nlp=nlp, through=False), text) == by_presidio(text, named(nlp), nlp)


def test_an_engine_that_finds_names_takes_the_place_of_what_was_learned() -> None:
    check = pii(entities=["PERSON"], nlp=names())
    assert words_found(check, f"Zoe.\n{TOLD}") == [("PERSON", "Zoe")]


def test_an_engine_that_finds_none_leaves_what_was_learned() -> None:
    assert ("PERSON", "Maria Schneider") in words_found(pii(nlp=blank()), TOLD)


def test_with_an_engine_a_name_can_be_all_that_is_looked_for() -> None:
    assert kinds(pii(entities=["PERSON"], nlp=names()), f"Zoe {MAIL}") == ["PERSON"]


def test_an_engine_that_breaks_ends_the_call() -> None:
    class Deaf(SpacyNlpEngine):
        def process_text(self, text: str, language: str) -> NlpArtifacts:
            raise RuntimeError(text)

    outcome = echo(Policy(input=(redact(pii(nlp=Deaf(models=names().models))),)))(MAIL)
    assert isinstance(outcome, Escalated)
    assert MAIL not in repr(outcome.record)


# -- as a value


def test_checks_of_equal_parameters_are_equal() -> None:
    one, other = pii(entities=["URL"], allow=["b", "a"]), pii(entities=["URL"], allow=["a", "b"])
    assert one == other
    assert hash(one) == hash(other)
    assert pii() != one != pii(entities=["URL"])


def test_checks_of_one_recognizer_are_equal() -> None:
    own = badge()
    assert pii(recognizers=[own]) == pii(recognizers=[own]) != pii(recognizers=[badge()])
    assert hash(pii(recognizers=[own])) == hash(pii(recognizers=[own]))


def test_it_prints_as_it_was_written() -> None:
    check = pii(entities=["URL"], threshold=0.5, context=["ssn"])
    assert repr(check) == "pii(entities=('URL',), threshold=0.5, context=('ssn',))"


def test_what_is_given_prints_without_an_address() -> None:
    check = pii(recognizers=[badge(), Words(["CODE"])], nlp=names())
    assert " at 0x" not in repr(check)
    assert str(id(check)) not in repr(check)
    assert "BADGE" in repr(check)


def test_it_is_pickled_and_copied() -> None:
    check = pii(entities=["URL"], allow={"URL": ["example.com"]}, deny={"X": ["gnu"]})
    assert pickle.loads(pickle.dumps(check)) == check == copy.deepcopy(check)


def test_with_a_recognizer_it_is_pickled_to_one_that_finds_the_same() -> None:
    check = pii(recognizers=[badge()])
    again = pickle.loads(pickle.dumps(check))
    assert found(again, "B-123") == found(check, "B-123") != []
    assert repr(again) == repr(check)


FINGERPRINT = """
from guardrails_lib.checks import pii
from guardrails_lib import Policy, redact
from presidio_analyzer import EntityRecognizer, Pattern, PatternRecognizer
from presidio_analyzer.nlp_engine import SpacyNlpEngine
import spacy

class Own(EntityRecognizer):
    def load(self): ...
    def analyze(self, text, entities, nlp_artifacts): return []

nlp = SpacyNlpEngine(models=[{"lang_code": "en", "model_name": "none"}])
nlp.nlp = {"en": spacy.blank("en")}
own = [
    PatternRecognizer("BADGE", patterns=[Pattern("b", "B-[0-9]{3}", 0.5)], context=["a", "b"]),
    PatternRecognizer("ANIMAL", deny_list=["gnu", "emu", "yak"]),
    Own(["X", "Y"]),
]
told = dict(allow=["a", "b", "c", "d"], deny={"D": ["x", "y"]}, recognizers=own, nlp=nlp)
fingerprint = Policy(input=(redact(pii(**told)),)).fingerprint
print(fingerprint)
"""


def test_the_fingerprint_of_a_policy_is_the_same_in_every_process(tmp_path: Path) -> None:
    file = tmp_path / "policy.py"
    file.write_text(FINGERPRINT)
    assert runpy.run_path(str(file))["fingerprint"] == in_a_process(FINGERPRINT)


def test_the_fingerprint_tells_recognizers_and_models_apart() -> None:
    def fingerprint(**how: Any) -> str:
        return Policy(input=(redact(pii(**how)),)).fingerprint

    other = names()
    other.models = [{"lang_code": "en", "model_name": "another"}]
    made = [
        fingerprint(),
        fingerprint(recognizers=[badge()]),
        fingerprint(recognizers=[badge(0.6)]),
        fingerprint(nlp=names()),
        fingerprint(nlp=other),
    ]
    assert len(set(made)) == 5


def test_threads_share_a_check() -> None:
    check, text = pii(recognizers=[Weighing(["CODE"])]), f"{TEXTS[0]} {SSN}"
    expected = list(check(text))
    wrong: list[int] = []

    def work() -> None:
        wrong.extend(1 for _ in range(20) if list(check(text)) != expected)

    threads = [threading.Thread(target=work) for _ in range(4)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert wrong == []


# -- nothing that is said carries a text


@pytest.mark.parametrize("name", [None, *OWN], ids=str)
def test_nothing_that_is_said_of_a_call_carries_what_was_found(
    name: str | None, caplog: pytest.LogCaptureFixture
) -> None:
    events: list[Event] = []
    own = [] if name is None else [OWN[name]]

    @guard(
        Policy(input=(redact(pii(recognizers=[*own, Broken(["X"])]), on_error=Action.FLAG),)),
        observers=(events.append,),
    )
    def ask(prompt: str) -> str:
        raise RuntimeError("the model broke")

    with caplog.at_level(logging.DEBUG), pytest.raises(RuntimeError) as raised:
        ask(f"card {CARD}, ssn {SSN}, mail {MAIL}, iban {IBAN}")
    said = f"{events} {caplog.text} {raised.value} {raised.getrepr()}"
    assert [each.finding.kind for each in events if each.finding][:1] != []
    assert not [text for text in (CARD, SSN, MAIL, IBAN) if text in said]


IBAN = "DE89" + " 3704 0044 0532 0130 00"


@pytest.mark.parametrize("verb", [flag, redact, block])
def test_no_finding_carries_what_was_found(verb: Any) -> None:
    outcome = echo(Policy(input=(verb(pii()),)))(f"card {CARD}, mail {MAIL}, iban {IBAN}")
    said = f"{outcome.findings} {outcome.record}"
    assert outcome.findings
    assert not [text for text in (CARD, MAIL, IBAN) if text in said]


# -- bad input


@pytest.mark.parametrize(
    "around",
    [
        *("\ud800{}", "\udfff {} \ud800", "e\u0301 {}", "\u05e9\u05dc\u05d5\u05dd {}", "\0{}"),
        *("\ufeff{}", "\u202e{}\u202c", "\U0001f600 {}", "\r\n{}\r\n", "\U0001f1e9\U0001f1ea {}"),
    ],
    ids=ascii,
)
def test_a_place_is_a_place_in_the_text_as_given(around: str) -> None:
    text = around.format(CARD)
    check = pii(entities=["CREDIT_CARD"])
    assert [text[start:end] for _, start, end, _ in found(check, text)] == [CARD]


@pytest.mark.parametrize(
    "text",
    [
        *(f"e\u0301 {MAIL}", f"{MAIL}\u0301", f"a\u0301{MAIL}", f"\u05d0\u05d1 {MAIL} \u05d2"),
        *(f"\u0645\u0631\u062d\u0628\u0627 {CARD}", f"\u202e{CARD}\u202c", f"{CARD}\u0301"),
    ],
    ids=ascii,
)
def test_marks_and_letters_of_other_scripts_change_nothing_of_what_presidio_finds(
    text: str,
) -> None:
    assert found(pii(through=False), text) == by_presidio(text)


@pytest.mark.parametrize("zero", ["\u0660", "\u0966", "\uff10", "\U0001d7d8"], ids=ascii)
def test_digits_of_other_scripts_are_found_as_presidio_finds_them(zero: str) -> None:
    text = f"card {''.join(chr(ord(zero) + int(n)) if n.isdigit() else n for n in CARD)}"
    assert found(pii(through=False), text) == by_presidio(text)


def test_a_digit_that_no_number_has_is_an_error_and_hides_nothing() -> None:
    text = f"{MAIL} card {CARD[:-1]}\U00016d76"
    assert "EMAIL_ADDRESS" in kinds(pii(), text)


@pytest.mark.parametrize("hidden", [HIDDEN, HIDDEN * 9, "\u00ad", "\u2060", "\ufe0f", "\U000e0041"])
def test_what_takes_no_room_hides_no_number(hidden: str) -> None:
    text = f"pay {hidden.join(CARD)} now"
    assert [each[1:3] for each in found(pii(entities=["CREDIT_CARD"]), text)] == [
        (4, len(text) - 4)
    ]


def test_what_takes_no_room_around_a_number_is_no_part_of_it() -> None:
    assert found(pii(entities=["CREDIT_CARD"]), f"a {HIDDEN}{CARD}{HIDDEN} b")[0][1:3] == (3, 22)


def test_what_takes_no_room_hides_no_word_beside_a_number() -> None:
    check = pii(entities=["US_SSN"])
    assert found(check, f"s{HIDDEN}sn {SSN}")[0][3] == found(check, f"ssn {SSN}")[0][3]


@pytest.mark.parametrize("text", [HIDDEN.join(CARD), MAIL.replace("@", f"{HIDDEN}@"), HIDDEN * 40])
def test_unless_it_looks_through_it_finds_what_presidio_finds(text: str) -> None:
    assert found(pii(through=False), text) == by_presidio(text)


def test_an_empty_text_has_nothing_in_it() -> None:
    assert list(pii()("")) == list(pii(recognizers=list(OWN.values()))("")) == []


PATTERNS = sorted({kind for each in chosen(None) for kind in each.supported_entities})
"""All that it looks for but names."""

CLEAN = 160_000 * "It is a clean text, with nothing to find in it and no digits. "


@pytest.mark.parametrize("text", [CLEAN, f"{CLEAN}\u00e9"], ids=["ASCII", "more"])
def test_ten_million_clean_characters_are_looked_at_in_two_seconds(text: str) -> None:
    check = pii(entities=PATTERNS)
    began = time.process_time()
    assert list(check(text)) == []
    assert time.process_time() - began < 2


@pytest.mark.parametrize(
    "text",
    [
        *("a." * 400, "a.a@" * 400, "1-" * 2_000, "@" * 5_000, "::" * 3_000, "+1" * 2_000),
        *("http://" * 1_000, "a1" * 3_000, "ab:cd:" * 1_000, "4111 " * 2_000, "(" * 5_000),
        *("1." * 400, "www." * 1_000, "1 " * 2_000, "-" * 5_000, "0:" * 2_000),
        f"{HIDDEN}1" * 2_000,
    ],
    ids=lambda text: ascii(text[:8]),
)
def test_what_was_made_to_take_long_does_not(text: str) -> None:
    check = pii()
    began = time.process_time()
    list(check(text))
    assert time.process_time() - began < 5


# -- how wide it looks


def test_a_card_needs_little_text_around_it() -> None:
    width = pii(entities=["CREDIT_CARD"], through=False).width
    assert width
    assert width < 300


@pytest.mark.parametrize("kind", ["EMAIL_ADDRESS", "URL"])
def test_what_has_no_bound_is_capped(kind: str) -> None:
    width = pii(entities=[kind], through=False).width
    assert width
    assert 2_000 < width < 3_000


def test_what_may_be_full_of_invisible_characters_needs_room_for_them() -> None:
    check = pii(entities=["CREDIT_CARD"])
    assert check.width
    assert check.width > 2_048
    assert check.back
    assert check.back < 300


@pytest.mark.parametrize(
    "text", [f"http://example.com/{'p' * 3_000}", f"{'n' * 3_000}@example.com"]
)
def test_what_is_longer_than_a_stream_can_follow_may_go_on(text: str) -> None:
    assert "error" in {each.kind for each in pii()(text)}


def test_what_is_as_long_as_a_stream_can_follow_is_found_and_no_more() -> None:
    text = f"http://example.com/{'p' * 2_000}"
    assert "error" not in {each.kind for each in pii()(text)}


@pytest.mark.parametrize(
    "how",
    [
        {"entities": ["IN_PAN"], "countries": ["in"]},
        {"recognizers": [Words(["CODE"])]},
        {"recognizers": [OWN["patterns and its own weighing"]]},
        {"nlp": names()},
    ],
    ids=lambda how: next(iter(how)),
)
def test_what_must_see_all_says_so(how: dict[str, Any]) -> None:
    assert pii(**how).width is None


def test_what_takes_no_room_needs_more_text() -> None:
    wide, narrow = pii(entities=["US_SSN"]).width, pii(entities=["US_SSN"], through=False).width
    assert wide
    assert narrow
    assert wide > narrow
