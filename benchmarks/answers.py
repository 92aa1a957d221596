"""Answers one can stand behind: each figure beside its limit, or beside plain word overlap."""

from . import answerability, citations, commands, desk, grounding, rendering, saying


def main() -> None:
    """Measure and print, one part after the other."""
    for part in (grounding, citations, answerability, saying, rendering, commands, desk):
        part.main()


if __name__ == "__main__":
    main()
