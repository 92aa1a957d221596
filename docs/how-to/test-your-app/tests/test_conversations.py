"""Whole conversations: user, documents, tools and model are played, and every step is looked at."""

from guardrails_lib.testing.machine import ConversationMachine
from shop.policy import ASSISTANT

TestConversations = ConversationMachine.of(ASSISTANT).TestCase
