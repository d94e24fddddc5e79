"""How answers look on a shelf of strangers' guides: no marks left, and every quoted row under its heads.

    python bench/shown.py            indexes the shelf, asks shown_questions.txt, and counts
    python bench/shown.py --index DIR   over an index of the same shelf that is there already

What a reader sees is taken from the terminal, the page and ``shown`` in the JSON. Prints each offending line, then one
line of counts; the exit status is 1 where there is any.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bs4 import BeautifulSoup
from citeguide.indexer.update import update
from citeguide.search import ask, open_index
from citeguide.search.model import Answer, DrawnRows
from citeguide.search.output.answer_json import to_json
from citeguide.search.output.render import render_answer
from citeguide.search.output.terminal import Terminal
from citeguide.search.store.open import Index
from citeguide.web.app import create_app

SHARED = Path(__file__).resolve().parents[2] / "shared"
SHELF = (SHARED / "seeds", *(SHARED / "data" / name for name in ("guides", "lay", "tables")))
QUESTIONS = Path(__file__).with_name("shown_questions.txt")
MARKS = re.compile(r"^\s*\||\|\s*$|\*\*|\]\(|</?[a-z][a-z0-9]*(?:\s[^<>]*)?>", re.I)
"""A bar at an edge of a line is one of a table's; one among words is a sign that a page draws as it stands."""


def questions() -> list[str]:
    """The questions, without the comment above them."""
    return [line for line in QUESTIONS.read_text("utf-8").splitlines() if line and not line.startswith("#")]


def marked(answer: Answer, page: str) -> Iterator[tuple[str, str]]:
    """Where a mark is seen, and the line that it stands in."""
    said = to_json(answer)
    seen = {
        "answer": answer.answer or "",
        "shown": "\n".join(each["shown"] for each in said["citations"] + said["nearest"]),
        "terminal": render_answer(answer, Terminal(), {}),
        "page": page,
    }
    for where, text in seen.items():
        yield from ((where, line.strip()) for line in text.splitlines() if MARKS.search(line))


def bare_rows(answer: Answer, index: Index) -> Iterator[str]:
    """Quotes that touch a row of a table and are drawn without the names of its columns."""
    documents = {(d.path, d.sha256): d.id for d in index.catalog.documents()}
    for citation in (*answer.citations, *answer.nearest):
        is_table = bool(index.catalog.rows_within(documents[citation.path, citation.sha256], citation.span))
        if is_table and not any(isinstance(part, DrawnRows) and any(part.heads) for part in citation.drawn):
            yield citation.quote


def seen(html: str) -> str:
    """What a page shows before anything is unfolded, with a line for each block."""
    soup = BeautifulSoup(html, "html.parser")
    for hidden in soup.find_all(["details", "script", "style", "head", "form"]):
        hidden.decompose()
    return soup.get_text("\n")


def main() -> int:
    """Ask everything and count."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--index", type=Path, metavar="DIR")
    given = parser.parse_args().index
    with tempfile.TemporaryDirectory() as scratch:
        folder = given or Path(scratch) / "index"
        if given is None:
            update(folder, SHELF)
        client = create_app(folder).test_client()
        asked = offences = rows = bare = 0
        with open_index(folder) as index:
            for question in questions():
                answer = ask(question, index)
                asked += 1
                page = seen(client.get("/ask", query_string={"q": question}).text)
                for where, line in marked(answer, page):
                    offences += 1
                    sys.stdout.write(f"{question}\n  {where}: {line[:160]}\n")
                rows += sum(
                    any(isinstance(p, DrawnRows) for p in c.drawn) for c in (*answer.citations, *answer.nearest)
                )
                for quote in bare_rows(answer, index):
                    bare += 1
                    sys.stdout.write(f"{question}\n  without heads: {quote[:160]}\n")
    sys.stdout.write(
        f"{asked} questions: {offences} lines with marks; {rows} quotes drawn as tables, {bare} without heads\n"
    )
    return 1 if offences or bare else 0


if __name__ == "__main__":
    sys.exit(main())
