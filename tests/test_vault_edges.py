"""Where a vault begins and ends: its limits to the number, and its messages to the letter."""

from __future__ import annotations

import copy

import pytest

from guardrails_lib import Label, Vault, VaultError


class Clock:
    """A time that passes when it is told to."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


def _message(vault: Vault, text: str) -> str:
    with pytest.raises(VaultError) as caught:
        vault.placeholder("WORD", text)
    return str(caught.value)


# -- how much, and how long


def test_a_vault_holds_ten_thousand_values_if_nothing_else_is_said() -> None:
    vault = Vault()
    for each in range(10_000):
        vault.placeholder("WORD", str(each))
    assert _message(vault, "one more").startswith("the vault is full, its limit being 10,000: ")


def test_a_full_vault_says_what_to_do() -> None:
    vault = Vault(limit=1)
    vault.placeholder("WORD", "one")
    assert _message(vault, "two") == (
        "the vault is full, its limit being 1: give the conversation a Vault with a larger one"
    )


def test_what_a_full_vault_holds_keeps_its_placeholder() -> None:
    vault = Vault(limit=1)
    assert vault.placeholder("WORD", "one") == vault.placeholder("WORD", "one")


def test_a_value_is_forgotten_after_an_hour_if_nothing_else_is_said() -> None:
    clock = Clock()
    vault = Vault(clock=clock)
    vault.placeholder("WORD", "one")
    clock.now += 3599.9
    assert len(vault) == 1
    clock.now += 0.1
    assert len(vault) == 0


def test_a_lifetime_may_be_part_of_a_second() -> None:
    clock = Clock()
    vault = Vault(lifetime=0.5, clock=clock)
    vault.placeholder("WORD", "one")
    clock.now += 0.25
    assert len(vault) == 1


def test_a_value_is_forgotten_when_its_lifetime_is_over_to_the_second() -> None:
    clock = Clock()
    vault = Vault(lifetime=10.0, clock=clock)
    vault.placeholder("WORD", "one")
    clock.now += 10.0
    assert len(vault) == 0


@pytest.mark.parametrize("lifetime", [0, -1.5, float("nan")])
def test_a_lifetime_that_is_no_time_is_told_what_it_takes(lifetime: float) -> None:
    with pytest.raises(VaultError) as caught:
        Vault(lifetime=lifetime)
    assert str(caught.value) == f"lifetime={lifetime}: seconds, more than 0, or None"


def test_a_limit_that_is_none_is_told_what_it_takes() -> None:
    with pytest.raises(VaultError) as caught:
        Vault(limit=0)
    assert str(caught.value) == "limit=0: at least 1 value"


def test_who_copies_a_vault_is_told_what_to_do() -> None:
    with pytest.raises(TypeError) as caught:
        copy.copy(Vault())
    assert str(caught.value) == (
        "a Vault is neither pickled nor copied: export(key) writes it encrypted"
    )


# -- labels


def test_a_text_without_placeholders_is_public() -> None:
    assert Vault().label("no placeholder, [EMAIL_BCDFGHJK] is of another") is Label.PUBLIC


@pytest.mark.parametrize("labels", [tuple(Label), tuple(reversed(Label))])
def test_the_highest_label_that_a_value_was_given_with_is_kept(labels: tuple[Label, ...]) -> None:
    vault = Vault()
    said = {vault.placeholder("WORD", "one", label=each) for each in labels}
    assert vault.label(said.pop()) is Label.RESTRICTED


# -- a part of a vault


def test_a_part_restores_what_it_was_given_and_nothing_else() -> None:
    vault = Vault()
    one, two = vault.placeholder("WORD", "one"), vault.placeholder("WORD", "two")
    assert vault.part([one]).restore(f"{one} {two}") == f"one {two}"


def test_a_part_knows_the_values_that_it_holds() -> None:
    vault = Vault()
    one = vault.placeholder("WORD", "one")
    part = vault.part([one])
    assert part.placeholder("WORD", "one") == one


def test_a_part_keeps_the_label_of_a_value() -> None:
    vault = Vault()
    one = vault.placeholder("WORD", "one", label=Label.INTERNAL)
    assert vault.part([one]).label(one) is Label.INTERNAL


def test_a_part_never_forgets() -> None:
    clock = Clock()
    vault = Vault(lifetime=10.0, clock=clock)
    one = vault.placeholder("WORD", "one")
    part = vault.part([one])
    clock.now += 1_000_000.0
    assert (part.restore(one), vault.restore(one)) == ("one", one)


def test_a_part_is_as_large_as_its_vault() -> None:
    vault = Vault(limit=1)
    part = vault.part([vault.placeholder("WORD", "one")])
    assert _message(part, "two").startswith("the vault is full, its limit being 1:")


def test_a_part_passes_over_what_is_not_held() -> None:
    assert len(Vault().part(["[EMAIL_BCDFGHJK]"])) == 0


# -- where nothing is to be done


def test_a_text_without_brackets_is_given_back() -> None:
    text = "".join(["no ", "brackets"])
    assert Vault().restore(text) is text


def test_what_stands_around_placeholders_is_kept() -> None:
    vault = Vault()
    one, two = vault.placeholder("WORD", "one"), vault.placeholder("WORD", "two")
    assert vault.restore(f"{one}{two}, [x] {one}.") == "onetwo, [x] one."
