"""What the other side of a webhook can tell by the signature."""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Mapping

import pytest

from guardrails_lib import Case, DeskError, Request
from guardrails_lib.desk import to_json, verify
from guardrails_lib.desk.signed import HEADER, sign

SECRET = bytes(range(32))
CASE = Case("case-17", Request("Where is my order?"), opened=1.0)
BODY = to_json(CASE).encode()
SIGNED = {HEADER: sign(BODY, SECRET, 1000.0)}


def verified(headers: Mapping[str, str], body: bytes = BODY, now: float = 1000.0) -> Case:
    return verify(headers, body, SECRET, clock=lambda: now)


def test_what_is_signed_is_a_case() -> None:
    assert verified(SIGNED) == CASE
    assert verified({HEADER.upper(): SIGNED[HEADER]}) == CASE


def test_the_signature_is_what_the_docs_say() -> None:
    mac = hmac.new(SECRET, b"1000." + BODY, hashlib.sha256).hexdigest()
    assert {"Guardrails-Signature": f"t=1000,v1={mac}"} == SIGNED


def test_one_of_several_signatures_is_enough() -> None:
    at, mac = SIGNED[HEADER].split(",")
    assert verified({HEADER: f"{at}, v1=00, {mac}, v0=old"}) == CASE


@pytest.mark.parametrize("now", [1300.9, 700.0])
def test_a_signature_is_good_for_some_minutes(now: float) -> None:
    verified(SIGNED, now=min(now, 1300.0))
    with pytest.raises(DeskError, match="signed more than 300 seconds ago"):
        verified(SIGNED, now=1301.0 if now > 1000 else 699.0)


def test_a_changed_body_is_refused() -> None:
    with pytest.raises(DeskError, match="the signature is another's"):
        verified(SIGNED, BODY.replace(b"order", b"money"))


def test_a_changed_time_is_refused() -> None:
    with pytest.raises(DeskError, match="the signature is another's"):
        verified({HEADER: SIGNED[HEADER].replace("t=1000", "t=1001")})


def test_another_secret_is_refused() -> None:
    with pytest.raises(DeskError, match="the signature is another's"):
        verified({HEADER: sign(BODY, bytes(32), 1000.0)})


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {HEADER: ""},
        {HEADER: "t=1000"},
        {HEADER: "v1=00"},
        {HEADER: "t=1000,t=1000,v1=00"},
        {HEADER: "t=١٠٠٠,v1=00"},
        {HEADER: f"t={'9' * 5000},v1=00"},
        {HEADER: "t=1000,v1=\ud800é"},
        {HEADER: SIGNED[HEADER], HEADER.lower(): SIGNED[HEADER]},
        {HEADER: f"t=nan,{SIGNED[HEADER].split(',')[1]}"},
    ],
)
def test_a_header_that_is_none_is_refused(headers: dict[str, str]) -> None:
    with pytest.raises(DeskError):
        verified(headers)


def test_what_is_signed_and_no_case_is_refused() -> None:
    for body in (b"", b"\xff", json.dumps({"v": 1}).encode()):
        with pytest.raises(DeskError, match="that is no case"):
            verified({HEADER: sign(body, SECRET, 1000.0)}, body)


def test_a_receiver_without_a_secret_verifies_nothing() -> None:
    with pytest.raises(DeskError, match="secret="):
        verify({HEADER: sign(BODY, b"", 1000.0)}, BODY, b"", clock=lambda: 1000.0)
