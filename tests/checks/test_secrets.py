"""Secrets: found by their form or their name, and never shown in a stream."""

from __future__ import annotations

import base64
import json
import random
import string
import zlib
from collections.abc import Callable, Iterator, Sequence

import pytest
from benchmarks.texts import prose
from hypothesis import strategies as st

from guardrails_lib import Finding, Outcome, Policy, PolicyError, block, flag, guard, redact
from guardrails_lib.checks import secrets
from guardrails_lib.secrets.finder import Finder
from guardrails_lib.secrets.shape import Secret
from guardrails_lib.testing import laws

ALNUM = string.ascii_letters + string.digits
HEX = "0123456789abcdef"


def drawn(letters: str, size: int, seed: int = 1) -> str:
    return "".join(random.Random(f"{seed}{size}{letters}").choices(letters, k=size))


def github(seed: int = 1) -> str:
    body, number, digits = drawn(ALNUM, 30, seed), 0, ""
    number = zlib.crc32(body.encode())
    while number:
        number, rest = divmod(number, 62)
        digits = (string.digits + string.ascii_uppercase + string.ascii_lowercase)[rest] + digits
    return "ghp" + "_" + body + digits.rjust(6, "0")


def part(value: object) -> str:
    return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")


def token(**header: str) -> str:
    return ".".join([part(header or {"alg": "HS256"}), part({"sub": "7"}), drawn(ALNUM, 43)])


def private_key(lines: int = 6, last: bool = True) -> str:
    body = [drawn(ALNUM + "+/", 64, n) for n in range(lines)]
    ends = ["-----" + f"{each} RSA PRIVATE" + " KEY-----" for each in ("BEGIN", "END")]
    return "\n".join([ends[0], *body, *ends[1 : 1 + last]])


WORD = drawn(ALNUM, 12, 3)
KEY = "sk" + "_live_" + drawn(ALNUM, 24)
AWS = "AK" + "IA" + drawn(string.ascii_uppercase + "234567", 16)

ALONE = {
    "GITHUB_TOKEN": github(),
    "GITLAB_TOKEN": "gl" + "pat-" + drawn(ALNUM, 20),
    "NPM_TOKEN": "np" + "m_" + drawn(ALNUM, 36),
    "AWS_ACCESS_KEY": AWS,
    "GCP_API" + "_KEY": "AI" + "za" + drawn(ALNUM, 35),
    "AZURE_AD_SECRET": drawn(ALNUM, 3) + "8Q" + "~" + drawn(ALNUM, 34),
    "STRIPE_KEY": KEY,
    "SLACK_TOKEN": "xox" + "b-" + "-".join([drawn(string.digits, 12)] * 2) + "-" + drawn(ALNUM, 24),
    "OPENAI_KEY": "sk" + "-" + drawn(ALNUM, 20) + "T3Blbk" + "FJ" + drawn(ALNUM, 20, 2),
    "ANTHROPIC_KEY": "sk" + "-ant-api03-" + drawn(ALNUM, 93) + "AA",
    "HUGGINGFACE_TOKEN": "h" + "f_" + drawn(string.ascii_letters, 34),
    "SENDGRID_KEY": "S" + "G." + drawn(ALNUM, 22) + "." + drawn(ALNUM, 43),
    "TELEGRAM_TOKEN": drawn("123456789", 10) + ":A" + drawn(ALNUM, 34),
    "DISCORD_TOKEN": "M" + drawn(ALNUM, 23) + "." + drawn(ALNUM, 6) + "." + drawn(ALNUM, 27),
    "MAILCHIMP_KEY": drawn(HEX, 32) + "-us" + "12",
    "TWILIO_KEY": "S" + "K" + drawn(HEX, 32),
    "JWT": token(),
    "PRIVATE_KEY": private_key(),
}


def found(text: str, **how: object) -> list[tuple[str, str]]:
    make: Callable[..., Callable[[str], Iterator[Finding]]] = secrets
    return [
        (each.kind, text[each.span.start : each.span.end])
        for each in make(**how)(text)
        if each.span is not None
    ]


@pytest.mark.parametrize("kind", ALONE)
def test_a_key_is_found_by_its_form(kind: str) -> None:
    assert found(f"It is {ALONE[kind]} and so on") == [(kind, ALONE[kind])]


@pytest.mark.parametrize("kind", sorted(ALONE.keys() - {"PRIVATE_KEY"}))
@pytest.mark.parametrize(
    "around", ['"{}"', "'{}',", "`{}`", "({})", "x={}\n", "<b>{}</b>", "\\n{}"]
)
def test_a_key_is_found_whatever_it_is_quoted_with(kind: str, around: str) -> None:
    assert (kind, ALONE[kind]) in found(around.format(ALONE[kind]))


@pytest.mark.parametrize("kind", sorted(ALONE.keys() - {"PRIVATE_KEY"}))
def test_a_key_is_not_found_in_a_longer_word(kind: str) -> None:
    assert (kind, ALONE[kind]) not in found(f"{ALONE[kind]}{'a' * 9}")


def test_a_token_with_the_right_checksum_is_certain() -> None:
    assert [each.score for each in secrets()(github())] == [1.0]


def test_a_token_with_a_wrong_checksum_is_less_certain() -> None:
    text = github()
    wrong = text[:-1] + ("a" if text[-1] != "a" else "b")
    assert [each.score for each in secrets()(wrong)] == [0.8]


def test_what_only_looks_like_a_signed_token_is_none() -> None:
    assert found(".".join([part({"sub": "7"}), part({"sub": "7"}), drawn(ALNUM, 43)])) == []
    assert found(".".join(["ey" + "J" + drawn(ALNUM, 30), part({"sub": "7"}), "abc"])) == []


def test_an_encrypted_token_is_a_token() -> None:
    text = ".".join([part({"alg": "RSA-OAEP", "enc": "A256GCM"}), *[drawn(ALNUM, 30)] * 4])
    assert found(text) == [("JWT", text)]


def test_a_private_key_without_an_end_is_found_as_far_as_it_goes() -> None:
    text = private_key(last=False)
    assert found(f"{text}\n\nAnd so it was that he went.") == [("PRIVATE_KEY", text)]


def test_a_private_key_in_one_line_of_json_is_found() -> None:
    text = private_key().replace("\n", "\\n")
    assert found(json.dumps({"private_key": private_key()})) == [("PRIVATE_KEY", text)]


def test_what_is_told_about_private_keys_is_none() -> None:
    begins, ends = ("-----" + each + " PRIVATE KEY-----" for each in ("BEGIN", "END"))
    assert found(f"It begins with {begins} and it ends with {ends}, as all of them do.") == []
    assert found(f"{begins}\n...\n{ends}") == []
    assert found(f"{begins}\n{'x' * 64}\n{'x' * 64}\n{ends}") == []


NAMED = (
    'api_key = "{}"',
    "API_KEY={}",
    "export SERVICE_TOKEN={}",
    '"client_secret": "{}"',
    "clientSecret: '{}',",
    "token: {}",
    'String accessToken = "{}";',
    "secretKey := `{}`",
    "<apiKey>{}</apiKey>",
    'config["api_key"] = "{}"',
    'setHeader("X-Api-Key", "{}")',
    "curl -H 'Authorization: Bearer {}' https://api.internal/",
    "deploy --api-key {} --verbose",
    "https://api.internal/v1?access_token={}&page=2",
    "- name: SERVICE_TOKEN\n  value: {}",
)


@pytest.mark.parametrize("text", NAMED)
def test_a_random_value_beside_a_telling_name_is_found(text: str) -> None:
    value = drawn(ALNUM, 32, 5)
    assert {each[1] for each in found(text.format(value))} == {value}


SHOWN = (
    *(
        "your-api-key",
        "YOUR_API_KEY_HERE",
        "<token>",
        "${TOKEN}",
        "{{ token }}",
        "$TOKEN",
        "%TOKEN%",
    ),
    *("xxxxxxxxxxxxxxxx", "****************", "changeme", "process.env.TOKEN", "getToken()"),
    *(
        "os.environ['TOKEN']",
        "example-token-" + "1234567",
        "settings.API_KEY",
        "/run/secrets/token",
    ),
    *("https://example.org/t0k3n/a1b2", "token_for_user_1", "2024-11-21T10:15:30", "none", "1.2.3"),
    *("AKIAIOSFODNN7" + "EXAMPLE", "MyServiceClientSecretName1", "abcdefghijklmnop" + "123456"),
)


@pytest.mark.parametrize("value", SHOWN)
@pytest.mark.parametrize("text", NAMED[:8])
def test_what_stands_for_a_secret_is_none(text: str, value: str) -> None:
    assert found(text.format(value)) == []


@pytest.mark.parametrize(
    "name", ["public_key", "key_id", "token_url", "csrf_token", "monkey", "secretName", "keyboard"]
)
def test_a_name_that_tells_of_something_else_does_not_count(name: str) -> None:
    assert found(f'{name} = "{drawn(ALNUM, 32, 5)}"') == []


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("postgres://app:", "@db.internal:5432/app"),
        ("mongodb+srv://app:", "@cluster0.mongodb.net/?w=majority"),
        ("redis://:", "@cache.internal"),
        ("https://app:", "@git.internal/x.git"),
        ("amqp://app:", "@[::1]/"),
    ],
)
def test_a_password_in_an_address_is_found_alone(before: str, after: str) -> None:
    assert [value for _, value in found(before + WORD + after)] == [WORD]


@pytest.mark.parametrize(
    "word", ["password", "<password>", "${PW}", "changeme", "xxxx", "your-password", "app", "%s"]
)
def test_a_password_that_is_filled_in_elsewhere_is_none(word: str) -> None:
    assert found(f"postgres://app:{word}@db.internal/app") == []


def test_only_what_the_providers_give_out_is_found() -> None:
    text = f"{AWS} {github()}"
    assert [kind for kind, _ in found(text, providers=["GitHub"])] == ["GITHUB_TOKEN"]


def test_what_is_allowed_is_none() -> None:
    assert found(f"{AWS} {KEY}", allow=[AWS]) == [("STRIPE_KEY", KEY)]
    assert found(f"{AWS} {KEY}", allow=lambda text: text.startswith("AKIA")) == [
        ("STRIPE_KEY", KEY)
    ]


def test_what_is_less_certain_is_left_out() -> None:
    text = f'api_key = "{drawn(ALNUM, 32, 5)}" # {AWS}'
    assert [kind for kind, _ in found(text, threshold=0.8)] == ["AWS_ACCESS_KEY"]


@pytest.mark.parametrize(
    "wrong", [{"providers": ["GitHupp"]}, {"providers": "AWS"}, {"allow": "x"}, {"threshold": 2}]
)
def test_a_wrong_parameter_is_told(wrong: dict[str, object]) -> None:
    with pytest.raises(PolicyError):
        found("", **wrong)


@pytest.mark.parametrize("hidden", ["\u200b", "\u00ad", "\ufeff", "\u2060"])
def test_an_invisible_character_hides_no_key(hidden: str) -> None:
    text = KEY[:12] + hidden + KEY[12:]
    assert found(f"it is {text} .") == [("STRIPE_KEY", text)]


def test_full_width_letters_hide_no_key() -> None:
    text = "".join(chr(ord(letter) + 0xFEE0) for letter in KEY)
    assert found(f"it is {text} .") == [("STRIPE_KEY", text)]


def test_a_message_holds_nothing_of_the_secret() -> None:
    assert all(each.message == "a secret: STRIPE_KEY" for each in secrets()(KEY))


# -- streams

CLEAN = Policy(output=(redact(secrets()),))

PIECES = (
    *(text.format(drawn(ALNUM, 20, 5)) for text in NAMED),
    *(ALONE[kind] for kind in ALONE if kind != "PRIVATE_KEY"),
    *(private_key(2), private_key(2, last=False), private_key(2)[:60], private_key(1)[-40:]),
    *(
        "postgres://app:" + WORD + "@db",
        "curl -u " + "app:" + WORD,
        " the key is ",
        "password: ",
        "Bearer ",
    ),
    *(
        "-----BEGIN",
        " RSA PRIVATE KEY-----",
        "-----END",
        "api_key",
        " = ",
        '"',
        "'",
        "=",
        ": ",
        " and ",
    ),
    *(
        KEY[:10],
        AWS[:8],
        github()[:20],
        "eyJ",
        ".",
        "\n",
        "\\n",
        " ",
        "\u200b",
        "\uff41",
        "\u00e9",
        "x",
    ),
    *("@host", "/", "-", "_", "://", "a:b"),
)
TEXTS = st.lists(st.sampled_from(PIECES), max_size=14).map("".join)


@pytest.mark.parametrize("seed", range(2))
def test_where_a_text_is_cut_changes_nothing(seed: int) -> None:
    laws.split_invariant(CLEAN, texts=TEXTS, examples=120)


def test_nothing_is_shown_that_is_redacted() -> None:
    laws.shows_nothing_removed(CLEAN, texts=TEXTS, examples=80)
    laws.shows_nothing_removed(Policy(output=(block(secrets()),)), texts=TEXTS, examples=40)


def test_what_was_redacted_is_found_no_more() -> None:
    laws.redaction_is_clean(CLEAN, texts=TEXTS, examples=150)


def cut(text: str, size: int) -> Iterator[str]:
    return (text[at : at + size] for at in range(0, len(text), size))


def streamed(policy: Policy, chunks: Sequence[str]) -> tuple[list[str], Outcome[str]]:
    @guard(policy)
    def model(prompt: str) -> Iterator[str]:
        yield from chunks

    stream = model("x")
    return list(stream), stream.outcome


@pytest.mark.parametrize("lines", [3, 20, 80])
def test_nothing_of_a_private_key_is_shown(lines: int) -> None:
    text = f"Here it is: {private_key(lines)} Keep it."
    shown, _ = streamed(CLEAN, list(cut(text, 7)))
    assert "".join(shown) == f"Here it is: {'█' * len(private_key(lines))} Keep it."


def test_of_clean_prose_no_more_is_held_back_than_a_word() -> None:
    text = prose(3_000, 5)
    held = [len(text[:at]) - secrets().tail(text[:at]) for at in range(20, len(text), 7)]
    assert sum(held) / len(held) < 5
    assert max(held) < 20


def test_what_a_stream_finds_a_call_finds() -> None:
    text = " and ".join(ALONE.values())
    _, outcome = streamed(Policy(output=(flag(secrets()),)), list(cut(text, 3)))
    assert {each.kind for each in outcome.findings} == set(ALONE)


def test_a_text_that_takes_too_long_is_a_finding(monkeypatch: pytest.MonkeyPatch) -> None:
    def late(self: Finder, text: str) -> list[Secret]:
        raise TimeoutError

    monkeypatch.setattr(Finder, "find", late)
    assert [(each.kind, each.span) for each in secrets()("x")] == [("error", None)]
    with pytest.raises(Exception, match="too long"):
        guard(CLEAN)(lambda prompt: "x")("x").unwrap()


@pytest.mark.parametrize(
    "given", ["app:{}", '"app:{}"', "'app:{}'", "app:'{}'", '"app":"{}"', '":{}"', '"{}:"', "{}:"]
)
def test_a_password_that_curl_is_given_is_found_alone(given: str) -> None:
    text = f"curl -sS -u {given} https://api.internal/"
    assert found(text.format(WORD)) == [("CURL_PASSWORD", WORD)]
    assert found(text.format("█" * 12)) == []
