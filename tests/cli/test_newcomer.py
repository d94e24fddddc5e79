"""A newcomer's half hour, step by step: at no step does the program leave anybody without a line that helps."""

from __future__ import annotations

import json
from functools import partial
from pathlib import Path

import pytest
from citeguide.indexer.cli.index import index_shipped
from citeguide.search.cli.session import answered
from citeguide.search.cli.settings import Settings
from citeguide.search.pipeline.answer import ask
from citeguide.search.store.open import open_index
from commands import Result, ended

LIBRARY = "The library\n\nThe library is open from 9 to 6 on weekdays. A lost card costs $5 to replace.\n"
POOL = """# The pool

Children under six swim free with an adult. **No dogs** are allowed; see the [rules](https://town.example.org/pool).

| Ticket | Adult | Child |
|--------|-------|-------|
| Day | $7 | $3 |
| Month | $40 | $20 |
| Year | $310 | $150 |
"""
BIN = (
    "<html><title>Bins</title><body><nav>Home | News</nav><main><h1>Bins</h1>"
    "<p>Paper is collected every Tuesday.</p></main></body></html>"
)
FINES = "Reason,Fine\nOverdue book,$2\nOverdue film,$4\nDog in pool,$60\n"


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A fresh machine: no index, and a folder of files of all kinds, one of them broken and one of no kind."""
    for name in ("XDG_DATA_HOME", "LOCALAPPDATA", "HOME"):
        monkeypatch.setenv(name, str(tmp_path / "data"))
    monkeypatch.delenv("CITEGUIDE_INDEX", raising=False)
    folder = tmp_path / "town"
    folder.mkdir()
    for name, text in (("library.txt", LIBRARY), ("pool.md", POOL), ("bins.html", BIN), ("fines.csv", FINES)):
        (folder / name).write_text(text, "utf-8")
    (folder / "plan.xlsx").write_bytes(b"this is no workbook")
    (folder / "logo.xyz").write_bytes(b"\x00\x01\x02")
    return tmp_path


def test_the_first_half_hour(desk: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """From the first command to an answer that is checked, as somebody goes who has read nothing."""

    def run(*arguments: object) -> Result:
        result = ended(capsys, *arguments, settings=Settings(fill=index_shipped))
        assert "Traceback" not in result.out + result.err
        assert result.out or result.err, arguments
        return result

    # What is this? A first question, before anything is set up.
    assert "citeguide COMMAND --help" in run().out
    first = run("ask", "What is the median pay in Fresno?")
    assert first.status == 0
    assert "'citeguide index PATH' adds yours" in first.err

    # A slip of the hand, and a folder that is not there.
    slip = run("indx", desk / "town")
    assert slip.status == 2
    assert "did you mean 'index'" in slip.err
    nowhere = run("index", desk / "twon")
    assert nowhere.status == 2
    assert "twon" in nowhere.err

    # Her own folder: what was read is counted, what was not is named with the reason.
    added = run("index", desk / "town")
    assert added.status == 0
    assert "4 added" in added.out
    assert "plan.xlsx" in added.err
    assert "logo.xyz" in added.err
    status = run("status")
    assert str(desk / "town") in status.out
    assert "not read, see 'citeguide check'" in status.out

    # Three questions: one from prose, one that no guide answers, one from a table.
    lost = run("ask", "How much does a lost library card cost?")
    assert "$5" in lost.out
    assert "library.txt:3" in lost.out
    refused = run("ask", "When does the ice rink open?")
    assert refused.status == 1
    assert "No guide" in refused.out
    child = run("ask", "What does a month ticket cost for a child?")
    assert "$20" in child.out
    assert "Ticket" in child.out  # the row is shown under its heads

    # A table, sorted; a name that is not there leads to those that are.
    wrong = run("tables", "poool")
    assert wrong.status == 2
    assert "citeguide tables" in wrong.err
    name = next(table["name"] for table in run("tables", "--json").json if table["path"] == "pool.md")
    rows = run("tables", name, "--sort", "-Adult")
    assert rows.out.index("Year") < rows.out.index("Month") < rows.out.index("Day")

    # A follow-up.
    with open_index(Path(run("status", "--json").json["index"])) as index:
        before = "What does a month ticket cost for a child?"
        after = answered(before, "and a year ticket?", partial(ask, index=index))
        assert [str(value.value) for value in after.values] == ["150"]

    # A citation opened, and a saved answer checked: before and after somebody changes the guide.
    saved = desk / "saved.json"
    answer = run("ask", "--json", "How much does a lost library card cost?")
    saved.write_text(answer.out, "utf-8")
    opened = run("show", json.loads(answer.out)["citations"][0]["id"])
    assert "> 3" in opened.out
    assert run("verify", saved).status == 0
    (desk / "town" / "library.txt").write_text(LIBRARY.replace("$5", "$8"), "utf-8")
    changed = run("verify", saved)
    assert changed.status == 1
    assert "library.txt" in changed.out
    assert "1 changed" in run("index").out
    assert "$8" in run("ask", "How much does a lost library card cost?").out
