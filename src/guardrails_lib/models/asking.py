"""What all calls of one guarded client of instructor have in common."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypedDict

from .. import Budget, Observer, Policy, PolicyError, Reply, Usage, guard
from .completion import chunk_in, is_cut_off, spent
from .form import Form, form, parallel_form
from .tasks import Tasks

try:
    from instructor import AsyncInstructor, Instructor, Mode
    from instructor.core import Hooks, IncompleteOutputException, InstructorRetryException
    from instructor.processing import handle_response_model
except ImportError as problem:
    raise ImportError(
        'guarding instructor needs it: pip install "guardrails-lib[instructor]"'
    ) from problem

__all__ = [
    "Asking",
    "AsyncInstructor",
    "Hooks",
    "Instructor",
    "Pieces",
    "Terms",
    "attempts_of",
    "closed",
    "once",
]


class Terms(TypedDict, total=False):
    """What a guarded client takes beside its policy."""

    observers: Iterable[Observer]
    """Who is told each event."""
    shadow: Policy
    """A policy to try: it is run on the same values and changes nothing."""
    repair: bool
    """Mend a reply that is broken JSON, each change being a finding."""
    strict: bool
    """Block a request of which some part is looked at by nobody."""
    price: Callable[[Any], float]
    """What a completion cost, in dollars. A budget in dollars needs it."""


class Asking:
    """What all calls of one client have in common."""

    def __init__(self, client: Any, policy: Policy, terms: Terms) -> None:
        self._client = client if isinstance(client, Instructor) else None
        create: Any = client if self._client is None else self._client.create
        self.create: Callable[..., Any] = create
        _refuse({} if self._client is None else self._client.kwargs)
        self._policy = policy
        self._price = terms.pop("price", None)
        self._terms: dict[str, Any] = {**terms}

    def can_work(self, create: Callable[..., Any]) -> None:
        """Refuse now what could never work when *create* is called."""
        self.guard(create, object, None)
        for each in (self._policy, self._terms.get("shadow") or self._policy):
            if each.tools:
                raise PolicyError(
                    "tools= would see no call, as instructor reads calls into values: put the "
                    "rules in output= or validators="
                )
        if self._policy.budget.dollars is not None and self._price is None:
            raise PolicyError("a budget in dollars needs price=, what a completion cost")

    def guard(self, fn: Callable[..., Any], returns: Any, attempts: int | None) -> Any:
        """*fn*, guarded; *attempts* are within those of the budget."""
        policy = self._policy
        if attempts is not None and isinstance(policy, Policy):
            budget = policy.budget & Budget(attempts=attempts)
            policy = policy if budget == policy.budget else replace(policy, budget=budget)
        return guard(policy, returns=returns, **self._terms)(fn)

    def form(self, response_model: Any, strict: bool) -> Form:
        """The form in which a type is answered."""
        if self._client is not None and self._client.mode in Mode.parallel_modes():
            found = parallel_form(response_model, strict=strict)
        else:
            found = form(response_model, _prepared, strict=strict)
        # a validator that can never see such a value is refused; an annotation would hide it
        guard(self._policy, returns=found.source, shadow=self._terms.get("shadow"))
        return found

    def answered(self, form: Form, made: Any, seen: Sequence[Any]) -> Reply[Any]:
        """The reply of which instructor *made* a value, having *seen* a completion."""
        if not seen:  # it was in instructor's cache
            return Reply(value=form.value(made, None))
        (completion,) = seen
        value = form.value(made, completion)
        return Reply(form.text(completion), value, usage=self.spent(completion))

    def unread(self, form: Form, failure: Exception, seen: Sequence[Any]) -> Reply[Any]:
        """The reply that instructor could not read; what else went wrong is raised as it came."""
        if isinstance(failure, InstructorRetryException) and failure.__cause__ is not None:
            failure = failure.__cause__  # type: ignore[assignment]  # instructor catches no other
        if not seen or isinstance(failure, IncompleteOutputException):
            raise failure
        (completion,) = seen
        return Reply(form.text(completion), usage=self.spent(completion))

    def growing(self, asked: Any) -> Any:
        """What is streamed, if it can be."""
        if self._client is None:
            raise TypeError("to stream, guard a client: from_litellm(...) makes one of a function")
        if not hasattr(asked, "model_fields"):
            raise TypeError("what is streamed is a pydantic model, or a list of one")
        return asked

    def streamed(
        self, asked: Any, messages: Sequence[Any], hooks: Hooks | None, options: Mapping[str, Any]
    ) -> dict[str, Any]:
        """What to call `create` with for a stream of chunks as the model sends them."""
        assert self._client is not None
        _, request = handle_response_model(
            asked,
            self._client.mode,
            self._client.provider,
            messages=messages,
            stream=True,
            **options,
        )
        all_hooks = self._client.hooks if hooks is None else self._client.hooks + hooks
        all_hooks.emit_completion_arguments(**request)
        return {"response_model": None, "max_retries": 0, **request}

    def spent(self, completion: Any) -> Usage:
        """What *completion* cost."""
        usage = spent(completion)
        if self._price is None or usage == Usage():
            return usage
        return replace(usage, dollars=self._price(completion))


class Pieces:
    """What the chunks of one streamed reply bring; of many values, the list of them alone."""

    def __init__(self, asking: Asking, *, many: bool) -> None:
        self._asking = asking
        self._tasks = Tasks() if many else None
        self._cut_off: object = None

    def __call__(self, chunk: Any) -> str | Reply[Any]:
        """The text of a chunk, and what it says was spent."""
        text = chunk_in(chunk)
        if self._tasks is not None:
            text = self._tasks(text)
        if is_cut_off(chunk):
            self._cut_off = chunk
        usage = self._asking.spent(chunk)
        return text if usage == Usage() else Reply(text, usage=usage)

    def rest(self) -> str:
        """What is left at the end. A reply that was cut off is no reply."""
        if self._cut_off is not None:
            raise IncompleteOutputException(last_completion=self._cut_off)
        return "" if self._tasks is None else self._tasks.rest()


async def closed(chunks: Any) -> None:
    """Read no more of an async stream: that of an SDK, or a generator."""
    await (chunks.aclose if hasattr(chunks, "aclose") else chunks.close)()


def _prepared(asked: Any) -> Any:
    """What instructor makes of a type, whatever the mode."""
    prepared, _ = handle_response_model(asked, messages=[])
    return prepared


def once(form: Form, strict: bool, hooks: Hooks | None, seen: list[Any]) -> dict[str, Any]:
    """How instructor is asked for one attempt, and for no word of the reply in its log."""
    watching = Hooks()
    watching.on("completion:response", seen.append)
    return {
        "response_model": form.asked,
        "max_retries": 0,
        "token_budget": 1,  # it gives up when that is spent, and does not log why
        "strict": strict,
        "hooks": watching if hooks is None else hooks + watching,
    }


def attempts_of(max_retries: object, options: Mapping[str, Any]) -> int | None:
    """How often to ask, if that is said; what would go around the guard is refused."""
    _refuse(options)
    if max_retries is None:
        return None
    if isinstance(max_retries, bool) or not isinstance(max_retries, int):
        raise TypeError(
            f"max_retries= is how often to ask again, a number: a {type(max_retries).__name__} "
            "would take the place of the policy's budget"
        )
    return max(max_retries, 0) + 1


def _refuse(options: Mapping[str, Any]) -> None:
    for name, why in _REFUSED.items():
        if name in options:
            raise TypeError(f"{name}= is not for a guarded client: {why}")


_TEMPLATE = (
    "instructor renders every message as a template with it, the user's too; hand what "
    "validators need over in a closure"
)
_UNSEEN = "no rule looks at it; give the conversation as messages="
_REFUSED = {
    "context": _TEMPLATE,
    "validation_context": _TEMPLATE,
    "token_budget": "the policy has Budget(tokens=...), which holds for every attempt",
    "stream": "use create_partial",
    "autodetect_images": (
        "a message that is the path of a file here would send that file; give an instructor.Image"
    ),
    **dict.fromkeys(("input", "contents", "chat_history", "message", "prompt"), _UNSEEN),
}
