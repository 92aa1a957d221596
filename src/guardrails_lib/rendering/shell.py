"""Whether a command line runs what is allowed and nothing else."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from .doubt import Doubt
from .shell_options import OPTIONS, RUNNERS, SUBCOMMANDS
from .shell_words import ASSIGNMENT, LONGEST, Command, commands

__all__ = ["prefix", "wrong"]


def prefix(entry: str) -> tuple[str, ...] | None:
    """The words of *entry*, a program with its first arguments; None if it is none."""
    found, doubt = commands(entry, pipes=False)
    return tuple(word.text for word in found[0]) if found and doubt is None else None


def wrong(text: str, allow: Sequence[Sequence[str]], *, pipes: bool) -> Iterator[Doubt]:
    """What is wrong with *text* as a command line."""
    if len(text) > LONGEST:
        yield Doubt("too_long", f"more than {LONGEST} characters", 0, len(text))
        return
    found, doubt = commands(text, pipes=pipes)
    for command in found:
        yield from _of_command(command, allow)
    if doubt is not None:
        yield doubt


def _of_command(command: Command, allow: Sequence[Sequence[str]]) -> Iterator[Doubt]:
    first, texts = command[0], [word.text for word in command]
    fitting = [entry for entry in allow if texts[: len(entry)] == list(entry)]
    if ASSIGNMENT.match(first.text):
        yield Doubt("assignment", "a variable set for a command", *first[1:])
    elif first.text.startswith("="):
        yield Doubt("expansion", "a sign that shells put something else for", *first[1:])
    elif not fitting:
        yield Doubt("command", "a command that is not listed", *first[1:])
    else:
        known = max(len(entry) for entry in fitting)
        yield from _runs_other(command, known)


def _runs_other(command: Command, known: int) -> Iterator[Doubt]:
    """The arguments that make a program run another one, or write where they say.

    What the entry of ``allow=`` spells out was meant: the first *known* words.
    """
    program = command[0].text.rpartition("/")[2]
    if program in RUNNERS and (known == 1 or command[known - 1].text.startswith("-")):
        yield Doubt("runs_other", "a program that runs what it is told to", *command[0][1:])
        return
    inside = SUBCOMMANDS.get(program, frozenset())
    if inside and known == 1 and len(command) > 1:
        second = command[1]
        if second.text in inside or (second.text.startswith("-") and len(command) > 2):
            yield Doubt("runs_other", "a command that runs what it is told to", *second[1:])
    both = " ".join(word.text for word in command[:2])
    options = (*OPTIONS.get(program, ()), *OPTIONS.get(both, ()))
    for word in command[known:]:
        if any(_is_option(word.text, option) for option in options):
            yield Doubt("runs_other", "an option that runs, or writes, something", *word[1:])
        elif program == "git" and word.text.startswith(("ext::", "fd::")):
            yield Doubt("runs_other", "an address that is a command", *word[1:])


def _is_option(word: str, option: str) -> bool:
    """Whether *word* is *option*, also cut short, with its value, or among other letters."""
    if option.startswith("--"):
        name = word.partition("=")[0]
        return len(name) > 2 and option.startswith(name) and name.startswith("--")
    if len(option) == 2 and option[0] == "-":
        return word[:1] == "-" and word[:2] != "--" and option[1] in word[1:]
    return word == option or word.startswith(option + "=")
