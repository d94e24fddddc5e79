"""``citeguide unanswered``: the questions that a server counted because no guide answered them."""

from __future__ import annotations

from pathlib import Path

import click

from ..search.cli.base import Command, examples, json_option
from ..search.cli.writing import write, write_json
from ..search.output.terminal import clean
from .unanswered import UnansweredQuestions


@click.command(
    cls=Command,
    epilog=examples("citeguide serve --count-unanswered unanswered.sqlite", "citeguide unanswered unanswered.sqlite"),
)
@click.argument("file", type=click.Path(path_type=Path))
@json_option
def unanswered(file: Path, as_json: bool) -> int:
    """List the questions that no guide answered, as 'serve --count-unanswered' counted them in FILE.

    Those asked most often come first, each with how often and the last day. Who asked is not kept.

    Exit status: 0 there are some, 1 there are none, 2 an error.
    """
    questions = UnansweredQuestions(file, create=False).listed()
    if as_json:
        write_json([each._asdict() for each in questions])
    else:
        for each in questions:
            write(f"{each.times:,} × {each.last}  {clean(each.question)}")
    return 0 if questions else 1
