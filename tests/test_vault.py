"""What stood in a conversation, and what stands for it."""

from __future__ import annotations

import copy
import importlib
import pickle
import re
import secrets
import sys
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guardrails_lib import Finding, Span, Vault, VaultError
from guardrails_lib._mask import Cover, masked
from guardrails_lib._stand_ins import PLACEHOLDER, pseudonym

KEY = bytes(range(32))
MAIL = "ann@example.com"


class Clock:
    """A time that passes when it is told to."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


# -- placeholders


def test_a_placeholder_is_the_kind_and_eight_letters() -> None:
    assert re.fullmatch(r"\[EMAIL_ADDRESS_[B-Z]{8}\]", Vault().placeholder("EMAIL_ADDRESS", MAIL))


@given(st.text(), st.text())
def test_any_kind_and_any_text_have_a_placeholder(kind: str, text: str) -> None:
    vault = Vault()
    made = vault.placeholder(kind, text)
    assert PLACEHOLDER.fullmatch(made)
    assert vault.restore(made) == text


def test_the_same_value_has_the_same_placeholder() -> None:
    vault = Vault()
    assert vault.placeholder("EMAIL", MAIL) == vault.placeholder("EMAIL", MAIL)
    assert len(vault) == 1


def test_of_another_kind_it_has_another() -> None:
    vault = Vault()
    assert vault.placeholder("EMAIL", MAIL) != vault.placeholder("URL", MAIL)
    assert vault.restore(vault.placeholder("URL", MAIL)) == MAIL


def test_in_another_conversation_it_has_another() -> None:
    assert len({Vault().placeholder("EMAIL", MAIL) for _ in range(99)}) == 99


def test_a_new_placeholder_stands_in_no_text_to_avoid(monkeypatch: pytest.MonkeyPatch) -> None:
    letters = iter("BBBBBBBB" * 2 + "CCCCCCCC")
    monkeypatch.setattr(secrets, "choice", lambda _: next(letters))
    vault = Vault()
    made = vault.placeholder("EMAIL", MAIL, avoid=["x", "so [EMAIL_BBBBBBBB] it is"])
    assert made == "[EMAIL_CCCCCCCC]"


def test_no_two_values_have_the_same_placeholder(monkeypatch: pytest.MonkeyPatch) -> None:
    letters = iter("BBBBBBBB" * 2 + "CCCCCCCC")
    monkeypatch.setattr(secrets, "choice", lambda _: next(letters))
    vault = Vault()
    assert vault.placeholder("EMAIL", MAIL) != vault.placeholder("EMAIL", "bob@example.com")


def test_a_new_placeholder_is_none_of_a_set(monkeypatch: pytest.MonkeyPatch) -> None:
    letters = iter("BBBBBBBB" * 2 + "CCCCCCCC")
    monkeypatch.setattr(secrets, "choice", lambda _: next(letters))
    made = Vault().placeholder("EMAIL", MAIL, avoid=[{"[EMAIL_BBBBBBBB]"}])
    assert made == "[EMAIL_CCCCCCCC]"


# -- restoring


def test_all_placeholders_in_a_text_are_restored() -> None:
    vault = Vault()
    one, two = vault.placeholder("EMAIL", MAIL), vault.placeholder("NAME", "Ann")
    assert vault.restore(f"{two} <{one}>, {two}") == f"Ann <{MAIL}>, Ann"


def test_what_was_not_issued_is_left() -> None:
    other = Vault().placeholder("EMAIL", MAIL)
    vault = Vault()
    vault.placeholder("EMAIL", MAIL)
    for text in (other, "[EMAIL]", "[EMAIL_BBBBBBBB]", "[", "]", "", "[[]]"):
        assert vault.restore(text) == text


def test_a_placeholder_in_brackets_is_restored() -> None:
    vault = Vault()
    made = vault.placeholder("EMAIL", MAIL)
    assert vault.restore(f"[[{made}](mailto:{made})]") == f"[[{MAIL}](mailto:{MAIL})]"


def test_a_value_that_looks_like_a_placeholder_is_not_restored_again() -> None:
    vault = Vault()
    inner = vault.placeholder("EMAIL", MAIL)
    outer = vault.placeholder("TEXT", inner)
    assert vault.restore(outer) == inner


def test_a_value_is_written_as_it_must_be() -> None:
    vault = Vault()
    made = vault.placeholder("NAME", 'Ann "A"')
    assert vault.restore(f"<{made}>", written=str.upper) == '<ANN "A">'


def test_what_writes_a_value_may_ask_the_vault() -> None:
    vault = Vault()
    made = vault.placeholder("NAME", "Ann")
    assert vault.restore(made, written=lambda value: f"{value} of {len(vault)}") == "Ann of 1"


def test_where_placeholders_stand() -> None:
    vault = Vault()
    made = vault.placeholder("EMAIL", MAIL)
    assert vault.issued(f"x{made}[EMAIL_BBBBBBBB]") == [Span(1, 1 + len(made))]


@st.composite
def redacted(draw: st.DrawFn) -> tuple[str, list[Finding]]:
    text = draw(st.text(max_size=40) | st.text("[]_EMAILB", max_size=40))
    places = st.integers(0, len(text))
    spans = st.tuples(places, places).map(lambda two: Span(*sorted(two)))
    kinds, scores = st.sampled_from(["EMAIL", "URL", ""]), st.sampled_from([0.5, 1.0])
    found = st.builds(lambda at, k, s: Finding("x", at, s, kind=k), spans, kinds, scores)
    return text, draw(st.lists(found, max_size=6))


@given(redacted())
def test_whatever_is_found_the_text_is_restored(case: tuple[str, list[Finding]]) -> None:
    """Law 6, for any text and any findings."""
    text, findings = case
    vault = Vault()
    said = masked(text, [Cover(each, pseudonym) for each in findings], issue=vault.placeholder)
    assert vault.restore(said) == text
    assert Vault().restore(said) == said


@given(redacted(), st.data())
def test_however_a_text_is_cut_what_may_go_on_is_known(
    case: tuple[str, list[Finding]], data: st.DataObject
) -> None:
    text, findings = case
    vault = Vault()
    said = masked(text, [Cover(each, pseudonym) for each in findings], issue=vault.placeholder)
    cut = data.draw(st.integers(0, len(said)))
    kept = vault.unfinished(said[:cut])
    at = cut - kept
    assert vault.restore(said[:at]) + vault.restore(said[at:]) == text
    if kept:
        assert any(each.startswith(said[at:cut]) for each in vault._texts)


# -- lifetime and limit


def test_a_value_is_forgotten_after_its_lifetime() -> None:
    clock = Clock()
    vault = Vault(lifetime=60.0, clock=clock)
    made = vault.placeholder("EMAIL", MAIL)
    clock.now += 59.9
    assert len(vault) == 1
    clock.now += 0.2
    assert len(vault) == 0
    assert vault.restore(made) == made
    assert vault.issued(made) == []
    assert vault.unfinished(made[:-1]) == 0
    assert vault.placeholder("EMAIL", MAIL) != made


@pytest.mark.parametrize("use", ["placeholder", "restore"])
def test_a_value_that_is_used_lives_on(use: str) -> None:
    clock = Clock()
    vault = Vault(lifetime=60.0, clock=clock)
    old, made = vault.placeholder("EMAIL", "bob@example.com"), vault.placeholder("EMAIL", MAIL)
    clock.now += 40
    _ = vault.placeholder("EMAIL", MAIL) if use == "placeholder" else vault.restore(made)
    clock.now += 40
    assert vault.restore(made) == MAIL
    assert vault.restore(old) == old


def test_without_a_lifetime_it_lives_as_long_as_the_vault() -> None:
    clock = Clock()
    vault = Vault(lifetime=None, clock=clock)
    made = vault.placeholder("EMAIL", MAIL)
    clock.now += 1e9
    assert vault.restore(made) == MAIL


def test_a_full_vault_loses_nothing_and_says_so() -> None:
    vault = Vault(limit=2)
    made = [vault.placeholder("N", each) for each in "ab"]
    with pytest.raises(VaultError, match=r"full.* 2: .*larger") as raised:
        vault.placeholder("N", "secret")
    assert "secret" not in str(raised.value)
    assert vault.restore("".join(made)) == "ab"
    assert vault.placeholder("N", "a") == made[0]


def test_what_expires_makes_room() -> None:
    clock = Clock()
    vault = Vault(lifetime=60.0, limit=1, clock=clock)
    vault.placeholder("N", "a")
    clock.now += 61
    assert vault.restore(vault.placeholder("N", "b")) == "b"


@pytest.mark.parametrize("wrong", [{"lifetime": 0}, {"lifetime": -1.0}, {"limit": 0}])
def test_a_vault_that_can_hold_nothing_is_none(wrong: Any) -> None:
    with pytest.raises(VaultError):
        Vault(**wrong)


# -- a vault as a value


def test_it_prints_without_its_contents() -> None:
    vault = Vault()
    made = vault.placeholder("EMAIL", MAIL)
    assert repr(vault) == str(vault) == f"{vault}" == "Vault(1 value)"
    vault.placeholder("EMAIL", "bob@example.com")
    assert repr(vault) == "Vault(2 values)"
    assert made not in repr([vault])
    with pytest.raises(TypeError):
        vars(vault)


def test_it_equals_itself_alone() -> None:
    assert Vault() != Vault()
    vault = Vault()
    assert {vault: 1}[vault] == 1


def test_an_empty_one_is_a_vault() -> None:
    assert Vault()


@pytest.mark.parametrize("way", [pickle.dumps, copy.copy, copy.deepcopy])
def test_it_is_neither_pickled_nor_copied(way: Callable[[Vault], object]) -> None:
    with pytest.raises(TypeError, match="export"):
        way(Vault())


def test_threads_may_share_it() -> None:
    vault = Vault()
    made: list[list[str]] = []

    def work() -> None:
        made.append([vault.placeholder("N", str(n % 50)) for n in range(500)])
        assert [vault.restore(each) for each in made[-1]] == [str(n % 50) for n in range(500)]

    threads = [threading.Thread(target=work) for _ in range(8)]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert len(made) == 8
    assert all(each == made[0] for each in made)
    assert len(vault) == 50


# -- exported


def test_what_was_exported_is_there_again() -> None:
    vault = Vault(limit=3)
    made = [vault.placeholder("N", each) for each in ("Ann", "\ud800", 'B"ob')]
    again = Vault.load(vault.export(KEY), KEY)
    assert [again.restore(each) for each in made] == ["Ann", "\ud800", 'B"ob']
    assert again.placeholder("N", "Ann") == made[0]
    with pytest.raises(VaultError):
        again.placeholder("N", "one more")


def test_what_is_exported_can_be_read_by_nobody() -> None:
    vault = Vault()
    made = vault.placeholder("EMAIL", MAIL)
    data = vault.export(KEY)
    assert MAIL.encode() not in data
    assert made.encode() not in data
    assert data != vault.export(KEY)


def test_the_lifetime_goes_on() -> None:
    clock = Clock()
    vault = Vault(lifetime=60.0, clock=clock)
    made = vault.placeholder("EMAIL", MAIL)
    clock.now += 40
    data = vault.export(KEY)
    assert Vault.load(data, KEY, clock=clock).restore(made) == MAIL
    clock.now += 21
    assert len(Vault.load(data, KEY, clock=clock)) == 0


def damaged() -> Iterator[tuple[bytes, bytes]]:
    vault = Vault()
    vault.placeholder("EMAIL", MAIL)
    data = vault.export(KEY)
    yield data, bytes(32)
    yield data[:-1] + bytes([data[-1] ^ 1]), KEY
    yield data[:25] + bytes([data[25] ^ 1]) + data[26:], KEY
    yield data[:25], KEY
    yield data[:40], KEY
    yield b"", KEY
    yield b"x" * 99, KEY
    yield data + b"x", KEY


def test_what_cannot_be_opened_is_told_so() -> None:
    for data, key in damaged():
        with pytest.raises(VaultError, match="vault") as raised:
            Vault.load(data, key)
        assert MAIL not in repr(raised.value)
        assert raised.value.__cause__ is None


@pytest.mark.parametrize("wrong", [b"", b"short", "text", None, 5])
def test_a_key_is_32_bytes(wrong: Any) -> None:
    with pytest.raises(VaultError, match="32 bytes"):
        Vault().export(wrong)
    with pytest.raises(VaultError, match="32 bytes"):
        Vault.load(b"", wrong)


def test_without_cryptography_the_line_that_installs_it_is_named(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "cryptography.exceptions", None)
    monkeypatch.delitem(sys.modules, "guardrails_lib._sealed", raising=False)
    with pytest.raises(ImportError, match=r'pip install "guardrails-lib\[vault\]"'):
        importlib.import_module("guardrails_lib._sealed")
