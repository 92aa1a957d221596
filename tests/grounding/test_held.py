"""The index of a request is built once, and is gone with it."""

from __future__ import annotations

import gc

from guardrails_lib import Reply, Request, Source
from guardrails_lib.checks import miscited, unanswerable, uncited, ungrounded
from guardrails_lib.grounding import index_of
from guardrails_lib.grounding.index import _held


def asked() -> Request:
    return Request("How long?", [Source("kb://1", "It lasts 5 years.")])


def test_it_is_built_once() -> None:
    request = asked()
    assert index_of(request) is index_of(request)


def test_another_request_has_its_own() -> None:
    one, other = asked(), asked()
    assert one == other
    assert index_of(one) is not index_of(other)


def test_no_text_is_kept_when_the_request_is_gone() -> None:
    gc.collect()
    before = len(_held)
    request = asked()
    reply = Reply[str]("It lasts 5 years [1].", request=request)
    for check in (ungrounded(), uncited(), miscited(), unanswerable()):
        list(check(reply))
    assert len(_held) == before + 1
    del request, reply
    gc.collect()
    assert len(_held) == before
