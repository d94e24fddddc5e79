"""Each command on a small index: what it finds, what it writes, how it ends."""

from __future__ import annotations

import io
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from citeguide.search.cli import answering
from citeguide.search.cli.main import run
from citeguide.search.cli.settings import Settings
from citeguide.search.errors import UsageError
from citeguide.search.model import Answer, Status
from citeguide.search.query.query import understand
from citeguide.search.store.open import Index
from commands import Result, ended

PAY = """Wages and tests

Salaries

Coders in Fresno earn $16.69 an hour. Coders in Merced earn less than that.

Exams

The certification exam costs $90. Some employers pay for the exam.
"""
TRAINING = """# Training

Most coders train for nine months. A medical-billing course is shorter.

- Bring a notebook
- Bring a pen
- Bring what you can
"""


Citeguide = Callable[..., Result]


@pytest.fixture(scope="module")
def guides(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of two guides."""
    folder = tmp_path_factory.mktemp("guides")
    (folder / "pay.txt").write_text(PAY, "utf-8", newline="")
    (folder / "more").mkdir()
    (folder / "more" / "training.md").write_text(TRAINING, "utf-8", newline="")
    return folder


@pytest.fixture(scope="module")
def index(guides: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The index of the two guides."""
    folder = tmp_path_factory.mktemp("index")
    assert run(["--index", str(folder), "index", str(guides)], Settings()) == 0
    return folder


@pytest.fixture
def citeguide(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, index: Path) -> Citeguide:
    """Runs a command line on the index, in this process."""
    monkeypatch.setenv("CITEGUIDE_INDEX", str(index))
    monkeypatch.setenv("COLUMNS", "80")

    def command(*arguments: str | Path, stdin: bytes = b"") -> Result:
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin), encoding="utf-8"))
        return ended(capsys, *arguments)

    return command


# ask


@pytest.fixture
def answers(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, tuple[str, ...], int]]:
    """Takes the place of answering: 'nothing' is not found, anything else answers itself. Gives what was asked."""
    asked: list[tuple[str, tuple[str, ...], int]] = []

    def answer(
        text: str, index: Index, *, documents: tuple[str, ...], limit: int, explain: bool, chooser: None
    ) -> Answer:
        assert (explain, chooser) == (False, None)
        understand(text)
        asked.append((text, documents, limit))
        found = Answer(text, Status.ANSWERED, f"{text}!", generation=index.generation)
        return found._replace(status=Status.NOT_FOUND, answer=None) if text == "nothing" else found

    monkeypatch.setattr(answering, "answer_question", answer)
    return asked


def test_ask_takes_a_question_with_or_without_quotation_marks(citeguide: Citeguide, answers: list[Any]) -> None:
    """The words on the command line are one question; the options reach the answering."""
    assert (
        citeguide("ask", "median", "pay", "-k", "5", "in Fresno?", "--document", "*.txt", "--document", "a*").status
        == 0
    )
    assert answers == [("median pay in Fresno?", ("*.txt", "a*"), 5)]


@pytest.mark.usefixtures("answers")
def test_ask_ends_with_1_where_nothing_was_found(citeguide: Citeguide) -> None:
    """Found is 0, not found is 1, both with the result on standard output alone."""
    assert citeguide("ask", "something") == Result(0, "something!\n", "")
    assert citeguide("ask", "nothing") == Result(1, "No guide answers this.\n", "")
    assert citeguide("ask", "--json", "nothing").json["status"] == "not_found"


@pytest.mark.usefixtures("answers")
def test_questions_on_standard_input_get_a_line_each_in_order(citeguide: Citeguide) -> None:
    """A byte-order mark, either line end, bytes that are no text, a last line without an end: each is a question."""
    found = citeguide("ask", "--json", "-", stdin="\ufeffone\r\nnothing\nzw\u00f6lf\n".encode() + b"caf\xe9\nlast")
    assert found.status == 0
    lines = [json.loads(line) for line in found.out.splitlines()]
    assert [line["question"] for line in lines] == ["one", "nothing", "zw\u00f6lf", "caf\ufffd", "last"]
    assert [line["status"] for line in lines] == ["answered", "not_found", "answered", "answered", "answered"]


@pytest.mark.usefixtures("answers")
def test_a_line_that_is_no_question_gets_its_line_all_the_same(citeguide: Citeguide) -> None:
    """Blank, without words, or too long: an error in its place; the lines after it are answered."""
    found = citeguide("ask", "-", stdin=b"one\n\n???\n" + b"x" * 200_000 + b"\nlast\n")
    lines = [json.loads(line) for line in found.out.splitlines()]
    assert [line.get("status") for line in lines] == ["answered", None, None, None, "answered"]
    assert [set(line) for line in lines[1:4]] == [{"question", "error"}] * 3
    assert [line.get("error", {}).get("code") for line in lines] == [None, "usage", "usage", "usage", None]
    assert found.status == 0
    assert found.err == ""


def test_a_question_that_meets_a_defect_does_not_end_the_batch(
    citeguide: Citeguide, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its error stands in its place, and the next question is answered."""

    def answer(text: str, index: Index, **_: Any) -> Answer:
        return Answer(text, Status.ANSWERED, text[3], generation=index.generation)

    monkeypatch.setattr(answering, "answer_question", answer)
    found = citeguide("ask", "-", stdin=b"four\ntwo\nlast\n")
    lines = [json.loads(line) for line in found.out.splitlines()]
    assert [line.get("status") for line in lines] == ["answered", None, "answered"]
    assert lines[1]["error"]["code"] == "internal"
    assert found.status == 0


def test_a_question_without_words_is_an_error(citeguide: Citeguide) -> None:
    """On the command line it ends with 2 and one line."""
    for question in ("", "???", "x" * 3_000):
        found = citeguide("ask", "--json", question)
        assert (found.status, found.out, found.err.count("\n")) == (2, "", 1)


def test_a_glob_that_fits_no_guide_is_said(citeguide: Citeguide) -> None:
    """A mistyped --document is not the same as a question without answer."""
    found = citeguide("ask", "--document", "*.pdf", "pay")
    assert found.status == 2
    assert "no guide matches *.pdf" in found.err


# search


def quotes(found: Result) -> list[str]:
    """The passages that a search found, in order."""
    return [result["quote"] for result in found.json["results"]]


def test_search_finds_words_in_any_form(citeguide: Citeguide) -> None:
    """``exams`` finds ``exam``; the passage comes with its section and the place of each match in its snippet."""
    found = citeguide("search", "--json", "employer", "exams").json["results"][0]
    assert found["quote"] == "The certification exam costs $90. Some employers pay for the exam."
    assert found["section"] == ["Exams"]
    assert found["lines"] == [9, 9]
    snippet = found["quote"][slice(*found["snippet"])]
    assert snippet == "Some employers pay for the exam."
    assert [snippet[slice(*match)] for match in found["matches"]] == ["employers", "exam"]


@pytest.mark.parametrize(
    ("query", "documents"),
    [
        ("coders", {"pay.txt", "more/training.md"}),
        ('"medical billing"', {"more/training.md"}),
        ('"BILLING course"', {"more/training.md"}),
        ('"billing medical"', set()),
        ("coders -exam -fresno", {"more/training.md"}),
        ('coders -"nine months"', {"pay.txt"}),
        ("coders document:*.md", {"more/training.md"}),
        ("coders document:pay.*", {"pay.txt"}),
        ("coders -document:pay.*", {"more/training.md"}),
        ("exam section:exams", {"pay.txt"}),
        ("coders section:exams", set()),
        ("section:training", {"more/training.md"}),
        ("document:pay.txt", {"pay.txt"}),
        ('"for the"', {"pay.txt"}),
        ("zebra", set()),
        ("what can zebras eat", set()),
        ("what can", {"more/training.md"}),
        ("[[[ ((( *** ??? coders ~1 ^2", {"pay.txt", "more/training.md"}),
    ],
)
def test_search_understands_its_language(citeguide: Citeguide, query: str, documents: set[str]) -> None:
    """Words, phrases, exclusions and filters; what means something to other search tools means nothing here."""
    found = citeguide("search", "--json", query)
    assert {result["path"] for result in found.json["results"]} == documents
    assert found.status == (0 if documents else 1)


def test_an_exclusion_may_stand_outside_quotation_marks(citeguide: Citeguide) -> None:
    """``-book`` is a word to leave out, not a heap of options; ``-k`` stays one."""
    assert quotes(citeguide("search", "--json", "coders", "-fresno", "-k", "1")) == [
        "Most coders train for nine months. A medical-billing course is shorter."
    ]
    assert citeguide("search", "--json", "coders", "-k1").json["query"] == "coders"


def test_search_is_limited(citeguide: Citeguide) -> None:
    """-k cuts the list."""
    assert len(quotes(citeguide("search", "--json", "coders"))) == 2
    assert len(quotes(citeguide("search", "--json", "-k", "1", "coders"))) == 1


def test_search_reads_well(citeguide: Citeguide) -> None:
    """The place, the section, and the sentence that holds the words."""
    assert citeguide("search", '"certification exam"') == Result(
        0, "[1] pay.txt:9  Exams\n    │ The certification exam costs $90.\n", ""
    )


@pytest.mark.parametrize("query", ["", "-coders", "  ", '""', "x" * 3_000])
def test_a_query_that_asks_for_nothing_is_an_error(citeguide: Citeguide, query: str) -> None:
    """One line, status 2."""
    found = citeguide("search", query)
    assert (found.status, found.out, found.err.count("\n")) == (2, "", 1)


# show


def test_show_takes_the_id_of_a_citation(citeguide: Citeguide) -> None:
    """An id from a search leads back to the same span of the same file."""
    hit = citeguide("search", "--json", "merced").json["results"][0]
    shown = citeguide("show", "--json", hit["id"]).json
    assert {key: shown[key] for key in ("id", "path", "span", "lines", "quote", "sha256", "section")} == {
        key: hit[key] for key in ("id", "path", "span", "lines", "quote", "sha256", "section")
    }


def test_show_marks_the_lines(citeguide: Citeguide) -> None:
    """Line numbers, and ``>`` before what was asked for."""
    shown = citeguide("show", "pay.txt:3", "--context", "2")
    assert shown == Result(
        0,
        "pay.txt\n"
        "  1 │ Wages and tests\n"
        "  2 │\n"
        "> 3 │ Salaries\n"
        "  4 │\n"
        "  5 │ Coders in Fresno earn $16.69 an hour. Coders in Merced earn less than\n"
        "    │ that.\n",
        "",
    )


def test_show_finds_a_guide_by_the_end_of_its_path(citeguide: Citeguide, guides: Path) -> None:
    """Its path in citations, its place on disk, or its name where only one has it."""
    for name in ("more/training.md", "training.md", guides / "more" / "training.md"):
        assert citeguide("show", f"{name}:1-1", "--context", "0").out.endswith("> 1 │ # Training\n")


def test_the_text_is_given_byte_for_byte(citeguide: Citeguide) -> None:
    """Spans count in exactly what --text prints."""
    assert citeguide("show", "--text", "pay.txt").out == PAY
    assert citeguide("show", "--json", "--text", "training.md").json["text"] == TRAINING


@pytest.mark.parametrize(
    "arguments",
    [
        ("pay.txt:99",),
        ("pay.txt:0",),
        ("pay.txt:5-3",),
        ("nothing.txt:1",),
        ("00000000-0-5",),
        ("hm",),
        ("--text", "x"),
    ],
)
def test_a_place_that_is_not_there_ends_with_1(citeguide: Citeguide, arguments: tuple[str, ...]) -> None:
    """Nothing found, and one line says how to go on."""
    found = citeguide("show", *arguments)
    assert (found.status, found.out, found.err.count("\n")) == (2, "", 1)
    assert "; " in found.err


def test_an_id_outlives_its_index_and_dies_with_its_file(citeguide: Citeguide, tmp_path: Path) -> None:
    """The same guide in another index has the same ids; after a change they are unknown, and the remedy says why."""
    folder = tmp_path / "guides"
    folder.mkdir()
    (folder / "pay.txt").write_text(PAY, "utf-8", newline="")
    here = citeguide("search", "--json", "merced").json["results"][0]["id"]
    other = ("--index", tmp_path / "index")
    assert citeguide("index", folder, *other).status == 0
    assert citeguide("show", here, *other).status == 0
    (folder / "pay.txt").write_text(PAY + "\nMore.\n", "utf-8", newline="")
    assert citeguide("index", *other).status == 0
    gone = citeguide("show", here, *other)
    assert gone.status == 2
    assert "has changed" in gone.err


# index


def test_index_reports_what_changed(citeguide: Citeguide, tmp_path: Path) -> None:
    """Added, changed, removed and unchanged, counted in one line; --json lists them."""
    folder = tmp_path / "guides"
    folder.mkdir()
    for name in ("a.txt", "b.txt"):
        (folder / name).write_text(f"A first sentence about {name}.\n", "utf-8")
    at = ("--index", tmp_path / "index")
    assert citeguide("index", folder, *at) == Result(0, "2 added; the index holds 2 passages and 0 tables\n", "")
    assert citeguide("index", *at) == Result(0, "2 unchanged; the index holds 2 passages and 0 tables\n", "")
    (folder / "a.txt").write_text("Another sentence altogether, with more words.\n", "utf-8")
    (folder / "b.txt").unlink()
    (folder / "c.md").write_text("A third sentence stands here.\n", "utf-8")
    found = citeguide("index", "--json", *at).json
    assert {key: [Path(path).name for path in found[key]] for key in ("added", "changed", "removed", "unchanged")} == {
        "added": ["c.md"],
        "changed": ["a.txt"],
        "removed": ["b.txt"],
        "unchanged": [],
    }
    assert citeguide("index", "--forget", folder / "c.md", *at).status == 2, "only what was named before is remembered"
    assert citeguide("index", "--forget", folder, *at).status == 0, "what was to be forgotten is"


def test_what_is_named_by_mistake_is_told_once_and_not_remembered(citeguide: Citeguide, tmp_path: Path) -> None:
    """A picture, or a folder without guides, is an error when it is named, and never spoken of again."""
    (tmp_path / "guides").mkdir()
    (tmp_path / "guides" / "a.txt").write_text("A first sentence.\n", "utf-8")
    (tmp_path / "empty").mkdir()
    (tmp_path / "photo.jpg").write_bytes(b"no guide")
    at = ("--index", tmp_path / "index")
    assert citeguide("index", tmp_path / "guides", *at).status == 0
    for mistaken in ("empty", "photo.jpg", "gudies"):
        ended = citeguide("index", tmp_path / mistaken, *at)
        assert (ended.status, mistaken in ended.err) == (2, True)
    assert citeguide("index", *at) == Result(0, "1 unchanged; the index holds 1 passage and 0 tables\n", "")
    assert citeguide("check", "--json", *at).json["skipped"] == []


def test_json_carries_nothing_that_steers_a_terminal(citeguide: Citeguide, tmp_path: Path) -> None:
    """Such characters stand in JSON as escapes, and mean the same to a program."""
    text = f"Zebras \x9b31m eat \u202egrass\u2066 daily{', and more of it every day' * 9}.\n"
    (tmp_path / "a.txt").write_text(text, "utf-8")
    at = ("--index", tmp_path / "index")
    assert citeguide("index", tmp_path / "a.txt", *at).status == 0
    found = citeguide("search", "--json", "zebras", *at)
    assert not set("\x9b\u202e\u2066") & set(found.out)
    assert found.json["results"][0]["quote"] == text.strip()


def test_a_file_that_fails_is_named_and_the_rest_is_indexed(citeguide: Citeguide, tmp_path: Path) -> None:
    """A folder with a bad file is indexed without it: one line on standard error, status 0."""
    (tmp_path / "good.txt").write_text("A sentence that can be read.\n", "utf-8")
    (tmp_path / "empty.txt").touch()
    found = citeguide("index", tmp_path, "--index", tmp_path / "index")
    assert (found.status, found.out) == (0, "1 added, 1 not read; the index holds 1 passage and 0 tables\n")
    assert found.err == f"citeguide: {tmp_path / 'empty.txt'}: the file is empty; put some text in it or leave it out\n"


def test_a_named_path_that_fails_is_an_error(citeguide: Citeguide, tmp_path: Path, guides: Path) -> None:
    """What was asked for by name and is missing ends with 2, though the rest is indexed."""
    found = citeguide("index", guides, tmp_path / "missing.txt", "--index", tmp_path / "index")
    assert found.status == 2
    assert found.out.startswith("2 added")
    assert found.err.count("\n") == 1
    assert "missing.txt" in found.err


def test_a_folder_without_guides_is_an_error_that_says_so(citeguide: Citeguide, tmp_path: Path) -> None:
    """Nothing is there to index: one line on one of the streams, and not 0."""
    (tmp_path / "folder").mkdir()
    assert citeguide("index", tmp_path / "folder", "--index", tmp_path / "index").status in (1, 2)


# check


@pytest.mark.parametrize("named", ["http://127.0.0.1:9200/guides", "elastic://node/guides", "opensearch://node"])
def test_what_is_neither_a_folder_nor_a_cluster_is_refused(
    citeguide: Citeguide, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, named: str
) -> None:
    """No folder is made of an address."""
    monkeypatch.chdir(tmp_path)
    result = citeguide("--index", named, "ask", "What does the exam cost?")
    assert result.status == 2
    assert f"{named} is no address of an index on a cluster" in result.err
    assert not list(tmp_path.iterdir())


def test_check_lists_guides_and_doubts(citeguide: Citeguide, tmp_path: Path) -> None:
    """Nothing in doubt is 0; a skipped file and a doubted passage are 1, with their lines."""
    clean = citeguide("check")
    assert (clean.status, clean.out) == (0, "more/training.md: nothing in doubt\npay.txt: nothing in doubt\n")
    assert clean.err.startswith("guides are read in a process of limited time and memory")
    folder = tmp_path / "guides"
    folder.mkdir()
    (folder / "a.txt").write_text(
        "You will learn topics such as:\n\nAnother paragraph follows after this one.\n", "utf-8"
    )
    (folder / "b.txt").touch()
    at = ("--index", tmp_path / "index")
    citeguide("index", folder, *at)
    found = citeguide("check", *at)
    assert found.status == 1
    assert "a.txt: 1 in doubt\n  line 1         in doubt  " in found.out
    assert f"{folder / 'b.txt'}: skipped: the file is empty" in found.out
    listed = citeguide("check", "--json", *at).json
    assert [document["path"] for document in listed["documents"]] == ["a.txt"]
    assert listed["documents"][0]["findings"][0]["lines"] == [1, 1]
    assert [Path(skipped["path"]).name for skipped in listed["skipped"]] == ["b.txt"]


def test_check_is_strict_where_it_is_asked_to_be(citeguide: Citeguide, tmp_path: Path) -> None:
    """A repair, or an old date, fails only with the option that says so."""
    (tmp_path / "a.txt").write_text("Updated May 2001\n\nA certi\u00adfication is needed here.\n", "utf-8")
    at = ("--index", tmp_path / "index")
    citeguide("index", tmp_path / "a.txt", *at)
    assert citeguide("check", *at).status == 0
    assert citeguide("check", "--strict", *at).status == 1
    found = citeguide("check", "--older-than", "5", *at)
    assert found.status == 1
    assert "the guide is of 2001-05" in found.out


# verify


def saved(citeguide: Citeguide, path: Path) -> dict[str, Any]:
    """An answer that cites one passage, saved to a file."""
    hit = citeguide("search", "--json", "merced").json["results"][0]
    keys = ("id", "n", "document", "path", "section", "page", "lines", "span", "quote", "sha256")
    answer: dict[str, Any] = {
        "question": "q",
        "status": "answered",
        "answer": "a",
        "values": [{"value": 16.69, "label": "Fresno", "computed": False, "citation": 1}],
        "citations": [{key: hit[key] for key in keys}],
    }
    path.write_text(json.dumps(answer), "utf-8")
    return answer


def test_verify_finds_saved_answers_intact(citeguide: Citeguide, guides: Path, tmp_path: Path) -> None:
    """Through the index's remembered folders, through --source, and from standard input. What bears no seal, though the
    index would have given it one, and can't be asked again is said not to be proved."""
    file = tmp_path / "saved.json"
    saved(citeguide, file)
    counts = "1 answer: 1 of 1 citations intact; 1 of 1 quoted numbers stand in their quotes; 1 answer "
    line = f"{counts}not asked again "
    reason = "it is not this index's, and asking again proves nothing: it names no generation"
    unnamed = Result(1, f"answer 1, seal: not proved: {reason}\n{counts}with something that is not proved\n", "")
    assert citeguide("verify", file) == unnamed
    assert citeguide("verify", "-", stdin=file.read_bytes()) == unnamed
    alone = citeguide("verify", file, "--source", guides, "--index", tmp_path / "none")
    assert alone == Result(0, f"{line}(there is no index to ask)\n", "")


def test_verify_names_each_problem(citeguide: Citeguide, tmp_path: Path) -> None:
    """A line for each, a summary, status 1; --json has the same."""
    file = tmp_path / "saved.json"
    saved(citeguide, file)
    folder = tmp_path / "guides"
    folder.mkdir()
    (folder / "pay.txt").write_text("New line.\n" + PAY, "utf-8", newline="")
    found = citeguide("verify", file, "--source", folder)
    assert found == Result(
        1,
        "answer 1, citation 1, pay.txt:5: moved: the quote now stands in line 6\n"
        "1 answer: 0 of 1 citations intact, 1 moved; 1 of 1 quoted numbers stand in their quotes; "
        "1 answer not asked again (there is no index to ask)\n",
        "",
    )
    listed = citeguide("verify", "--json", file, "--source", folder).json
    assert listed["citations"] == {"checked": 1, "intact": 0, "moved": 1, "changed": 0, "missing": 0}
    assert listed["problems"][0]["now"]["lines"] == [6, 6]


def test_verify_names_a_number_that_was_made_up(citeguide: Citeguide, tmp_path: Path) -> None:
    """A number that does not stand in the quote it cites is a problem of its own."""
    file = tmp_path / "saved.json"
    answer = saved(citeguide, file)
    answer["values"][0]["value"] = 61.96
    file.write_text(json.dumps(answer), "utf-8")
    found = citeguide("verify", file)
    assert found.status == 1
    assert found.out.startswith("answer 1, number 61.96 (Fresno): it does not stand in the quote of citation 1\n")


@pytest.mark.parametrize("text", ["", "nonsense", "[1]", '{"question": 1}'])
def test_verify_refuses_what_is_no_answer(citeguide: Citeguide, text: str) -> None:
    """One line, status 2."""
    found = citeguide("verify", "-", stdin=text.encode())
    assert (found.status, found.out, found.err.count("\n")) == (2, "", 1)


def test_the_error_of_a_lone_question_is_the_one_of_the_line() -> None:
    """What a batch says of an unusable line is what the command says of it alone."""
    with pytest.raises(UsageError, match="holds no words"):
        understand("???")


# check-claims


@pytest.mark.parametrize(
    ("text", "status", "says"),
    [
        ("Coders in Fresno earn $16.69 an hour.", 0, "1 supported"),
        ("Coders in Fresno earn $16.69 an hour. Hello!", 0, "1 supported, 1 skipped"),
        ("The certification exam costs $250.", 1, "contradicted: $90, not $250"),
        ("Coders play chess at lunch.", 1, "1 not in the guides"),
        ("What does the exam cost?", 1, "1 skipped"),
    ],
)
def test_check_claims_ends_with_0_only_where_all_is_supported(
    citeguide: Citeguide, text: str, status: int, says: str
) -> None:
    """A text on standard input; what is skipped claims nothing, and nothing claimed is nothing found."""
    found = citeguide("check-claims", "-", stdin=text.encode())
    assert (found.status, found.err) == (status, "")
    assert says in found.out


def test_check_claims_in_json_has_each_sentence_with_its_citation(citeguide: Citeguide, tmp_path: Path) -> None:
    """From a file, which may begin with a byte-order mark."""
    (tmp_path / "draft.txt").write_bytes(b"\xef\xbb\xbfThe certification exam costs $90. Is it hard?")
    found = citeguide("check-claims", "--json", tmp_path / "draft.txt").json
    assert [each["verdict"] for each in found["sentences"]] == ["supported", "skipped"]
    assert found["sentences"][0]["citation"]["path"] == "pay.txt"
    assert found["counts"] == {"supported": 1, "contradicted": 0, "not_found": 0, "skipped": 1}


@pytest.mark.parametrize("data", [b"", b"\0\1\2", b"x" * 900_000, b"No. " * 600])
def test_check_claims_refuses_what_is_no_text(citeguide: Citeguide, data: bytes) -> None:
    """One line that says what to do, status 2, and nothing on standard output."""
    found = citeguide("check-claims", "-", stdin=data)
    assert (found.status, found.out) == (2, "")
    assert found.err.count("\n") == 1
