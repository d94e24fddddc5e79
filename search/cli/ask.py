"""``citeguide ask``: one question from the command line, or many, one a line, from standard input."""

from __future__ import annotations

import sys

import click

from .answering import answer
from .base import Command, documents_option, examples, json_option, limit_option, pass_settings
from .completing import completing, guide_globs
from .settings import Settings


@click.command(
    cls=Command,
    epilog=examples(
        'citeguide ask "What is the median hourly wage in Fresno?"',
        "citeguide ask must coders be certified in California",
        "citeguide ask --exact how many hours is the practicum",
        'citeguide ask --document "*.txt" -k 5 "how long is the training?"',
        'citeguide ask --json "top 3 areas by median wage" | jq .values',
        "citeguide ask --json - < questions.txt > answers.jsonl",
        "citeguide ask                               a session: one question after the other",
    ),
)
@click.argument("question", nargs=-1)
@json_option
@limit_option(3, "How many passages an answer in prose cites at most.")
@documents_option(completing(guide_globs))
@click.option(
    "--chooser",
    metavar="URL",
    help="Let a language model choose the quotes: an OpenAI-compatible address, such as http://localhost:11434/v1. "
    "The question and sentences of the guides are sent there, and nowhere else. Also CITEGUIDE_CHOOSER; a key in "
    "CITEGUIDE_CHOOSER_KEY.",
)
@click.option(
    "--chooser-model",
    metavar="NAME",
    help="The model's name there. Also CITEGUIDE_CHOOSER_MODEL.",
)
@click.option("--exact", is_flag=True, help="Show quotes letter for letter as they stand in their files.")
@click.option("--explain", is_flag=True, help="Show stage by stage how the answer was found.")
@pass_settings
def ask(
    settings: Settings,
    question: tuple[str, ...],
    documents: tuple[str, ...],
    limit: int,
    as_json: bool,
    chooser: str | None,
    chooser_model: str | None,
    exact: bool,
    explain: bool,
) -> int:
    """Answer QUESTION with quotes and numbers from the guides, each with its exact place.

    The words need no quotation marks. Quotes are shown as their guides show them, a row of a table under its heads;
    --exact shows the characters of the file.

    With - as the question, questions are read from standard input, one a line, and
    each line is answered by a line of JSON, in order.

    Without a QUESTION, at a terminal, questions are asked one after the other. One may go on from the one before: after
    "What is the median wage in Fresno?" comes "and in Napa?".

    Exit status: 0 answered (or the sources disagree), 1 no guide answers it, 2 an error; with - always 0 once every
    line has its answer.
    """
    if not question and not sys.stdin.isatty():
        raise click.UsageError("ask something: citeguide ask 'How long is the training?', or - to read questions")
    return answer(
        settings,
        question,
        documents=documents,
        limit=limit,
        as_json=as_json,
        chooser=chooser,
        chooser_model=chooser_model,
        exact=exact,
        explain=explain,
    )
