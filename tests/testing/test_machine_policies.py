"""The shipped policies hold in whole conversations."""

from __future__ import annotations

import pytest
from hypothesis import settings

pytest.importorskip("presidio_analyzer", reason="the shipped policies look for personal data")

from guardrails_lib import Policy
from guardrails_lib.testing.machine import ConversationMachine
from guardrails_policies.agent import AGENT
from guardrails_policies.support import SUPPORT


@pytest.mark.parametrize("policy", [SUPPORT, AGENT], ids=lambda policy: policy.name)
def test_a_conversation_keeps_every_law(policy: Policy) -> None:
    case = ConversationMachine.of(policy).TestCase
    case.settings = settings(
        case.settings, max_examples=5, stateful_step_count=10, derandomize=True, database=None
    )
    case("runTest").debug()
