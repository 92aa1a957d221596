"""What tells a secret from what stands for one, and from what has a name of its own."""

from __future__ import annotations

import random
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from guardrails_lib.secrets.filler import is_filler, is_placeholder
from guardrails_lib.secrets.names import OWNERS, is_password, tells
from guardrails_lib.secrets.randomness import entropy, is_random
from guardrails_lib.secrets.seen import as_seen, is_plain, last_run

ALNUM = string.ascii_letters + string.digits


def drawn(letters: str, size: int) -> list[str]:
    chance = random.Random(f"{letters}{size}")
    return ["".join(chance.choices(letters, k=size)) for _ in range(300)]


@pytest.mark.parametrize(
    ("letters", "size"),
    [
        (ALNUM, 20),
        (ALNUM, 40),
        ("0123456789abcdef", 32),
        (string.ascii_lowercase + "0123456789", 32),
    ],
)
def test_what_is_drawn_by_lot_looks_random(letters: str, size: int) -> None:
    assert sum(map(is_random, drawn(letters, size))) >= 285


@pytest.mark.parametrize(
    "name",
    [
        *("getUserByName2", "SalesResults2024", "default_value_1", "my-service-account-2"),
        *("README2021final", "aaaaaaaaaaaaaaaa1", "development-environment-3", "12345678901234"),
        *("jackson-databind", "ThisIsTheName", "document.title", "AuthenticationProvider2"),
    ],
)
def test_what_was_named_does_not_look_random(name: str) -> None:
    assert not is_random(name)


@given(st.text(min_size=1, max_size=40))
def test_a_character_holds_no_more_bits_than_its_text_has_letters(text: str) -> None:
    assert 0 <= entropy(text) <= len(set(text)).bit_length()


@pytest.mark.parametrize(
    "value",
    [
        *(
            "${DB_PASSWORD}",
            "$PASSWORD",
            "{{ .Values.password }}",
            "<password>",
            "[PASSWORD]",
            "%s",
        ),
        *(
            "%DB_PASSWORD%",
            "changeme",
            "Password123!",
            "P@ssw0rd",
            "p4ssw0rd1",
            "your_password",
            "***",
        ),
        *("xxxxxxxx", "secret", "example-key-1", "abcdefghijklmnop", "0123456789", "null", "todo"),
    ],
)
def test_what_is_filled_in_elsewhere_is_a_placeholder(value: str) -> None:
    assert is_placeholder(value)


@pytest.mark.parametrize("value", ["v7Kd2pLq", "Tr0ub4dor&3", "correct-h0rse", "d2LkV78zLx!t"])
def test_a_password_is_no_placeholder(value: str) -> None:
    assert not is_placeholder(value)


@pytest.mark.parametrize("value", ["x" * 12, "AAAAAAAAAAAA", "ab" * 10, "----------", "#######"])
def test_a_run_of_few_letters_is_filler(value: str) -> None:
    assert is_filler(value)


@pytest.mark.parametrize(
    "name",
    [
        *("api_key", "apiKey", "API-KEY", "clientSecret", "client_secret", "AWS_SECRET_ACCESS_KEY"),
        *(
            "password",
            "dbPassword",
            "DB_PASSWD",
            "auth_token",
            "Authorization",
            "signing-key",
            "pwd",
        ),
        *("x-api-key", "privateKey", "spring.datasource.password", "refreshToken", "credentials"),
    ],
)
def test_a_name_tells(name: str) -> None:
    assert tells(name)


@pytest.mark.parametrize(
    "name",
    [
        *(
            "monkey",
            "keyboard",
            "author",
            "tokenizer",
            "passenger",
            "compass",
            "secretary",
            "turkey",
        ),
        *("public_key", "publicKey", "key_id", "keyName", "token_url", "tokenType", "csrf_token"),
        *(
            "max_tokens_count",
            "password_policy",
            "key_length",
            "primary_key",
            "bucket_key",
            "auth_url",
        ),
    ],
)
def test_a_name_that_only_holds_such_a_word_does_not_tell(name: str) -> None:
    assert not tells(name)


def test_a_password_is_told_from_a_key() -> None:
    assert is_password("DB_PASSWORD")
    assert not is_password("passenger_key")


def test_every_owner_is_one_word() -> None:
    assert all(each.isalnum() and each.islower() for each in OWNERS)


@given(st.text(st.sampled_from("aZ0 -\u200b\u200d\ufe0f\uff21\uff11\u00e9\U0001f44d"), max_size=30))
def test_each_character_that_is_seen_has_its_place(text: str) -> None:
    seen, places = as_seen(text)
    assert len(seen) == len(places)
    assert all(
        letter == text[at] or ord(text[at]) - 0xFEE0 == ord(letter)
        for letter, at in zip(seen, places, strict=True)
    )
    assert 0 <= last_run(text) <= len(text)


def test_an_emoji_of_several_characters_hides_nothing() -> None:
    assert is_plain("Well done \U0001f44d\ufe0f and \U0001f468\u200d\U0001f469\u200d\U0001f467!")
    assert not is_plain("ab\u200bc")
