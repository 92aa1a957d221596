"""A conversation that is faked at length is seen, and one that is quoted is not."""

from __future__ import annotations

from guardrails_lib.injection.turns import traces


def talk(asks: str, answers: str, times: int, reply: str = "Blue, I think.") -> str:
    return "".join(f"{asks}: What is {n}?\n{answers}: {reply}\n\n" for n in range(times))


def scores(text: str) -> list[float]:
    return [round(trace.score, 2) for trace in traces(text)]


def test_a_dozen_answers_of_a_model_are_many() -> None:
    for asks, answers in (
        ("User", "Assistant"),
        ("Human", "AI"),
        ("**User**", "**Bot**"),
        ("> human", "> chatgpt"),
        ("USER", "Model"),
    ):
        assert scores(talk(asks, answers, 12)) == [0.5]


def test_a_few_are_an_example() -> None:
    assert scores(talk("User", "Assistant", 6)) == []


def test_more_of_them_are_surer() -> None:
    assert scores(talk("User", "Assistant", 40)) == [0.7]


def test_eager_answers_are_surer() -> None:
    assert scores(talk("Human", "Assistant", 12, "Sure, here is how.")) == [0.8]


def test_a_list_of_questions_and_answers_is_weak() -> None:
    assert scores(talk("Q", "A", 40)) == [0.2]


def test_a_screenplay_is_none() -> None:
    assert scores(talk("Ann", "Bob", 40)) == []


def test_a_log_of_one_side_is_none() -> None:
    assert scores("User: logged in\n" * 60) == []


def test_a_table_of_keys_is_none() -> None:
    assert scores("input: a\nname: b\n" * 40) == []


def test_prose_about_people_and_bots_is_none() -> None:
    assert scores("The user: a person. The assistant: a program.\n" * 40) == []


def test_the_whole_conversation_is_the_place() -> None:
    text = "Read this.\n" + talk("User", "Assistant", 12)
    (found,) = traces(text)
    assert text[found.start :].startswith("User: What is 0?")
    assert found.end <= len(text)
