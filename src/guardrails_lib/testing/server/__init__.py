"""A server that plays the providers of models, for the tests of applications.

It speaks the formats of OpenAI (chat completions and responses), Anthropic, Google and
Mistral over real HTTP, so that an application is tested with the SDK that it uses, faults and
all. It listens on the loopback alone, or on nothing: its ``app`` is an ASGI application.
"""

from .scripted import ScriptedServer
from .turns import Asked, Cut, Fail, Fault, Raw, Say, Turn

__all__ = ["Asked", "Cut", "Fail", "Fault", "Raw", "Say", "ScriptedServer", "Turn"]
