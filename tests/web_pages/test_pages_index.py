"""Pages among the guides: named, saved, cited, verified, fetched again, forgotten."""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from hashlib import sha256
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from citeguide.indexer.ingest import bring
from citeguide.indexer.report import Report
from citeguide.indexer.verification.verify import verify
from citeguide.indexer.web_pages import page_store
from citeguide.indexer.web_pages.address import Address, parse
from citeguide.indexer.web_pages.terms import Terms
from citeguide.search.cli.main import run
from citeguide.search.cli.settings import Settings
from citeguide.search.errors import CiteguideError, IndexBrokenError, SourceError
from citeguide.search.output.answer_json import to_json
from citeguide.search.pipeline.answer import ask
from citeguide.search.store.open import open_index

PAY = b"<html><body><h1>Pay in Fresno</h1><p>Coders in Fresno earn $16.69 an hour.</p></body></html>"
RULES = b"<html><body><h1>Rules</h1><p>A licence costs $90 in Fresno.</p></body></html>"
CSV = b"Place,Median\nFresno,$16.69\nNapa,$18.10\n"


@dataclass
class Site:
    """A web server of its own: pages by their path, and the requests that came."""

    pages: dict[str, tuple[str, bytes]] = field(default_factory=dict)
    asked: list[tuple[str, int]] = field(default_factory=list)
    address: str = ""

    def at(self, path: str) -> Address:
        return parse(self.address + path)


@pytest.fixture
def site() -> Iterator[Site]:
    found = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            kind, body = found.pages.get(self.path, ("", b""))
            tag = f'"{sha256(body).hexdigest()}"'
            status = 404 if not kind else 304 if self.headers["If-None-Match"] == tag else 200
            found.asked.append((self.path, status))
            self.send_response(status)
            self.send_header("Content-Type", kind)
            self.send_header("ETag", tag)
            self.send_header("Content-Length", str(len(body) if status == 200 else 0))
            self.end_headers()
            self.wfile.write(body if status == 200 else b"")

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        found.address = f"http://127.0.0.1:{server.server_address[1]}"
        found.pages["/pay.html"] = ("text/html", PAY)
        thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield found
        server.shutdown()
        thread.join()


@pytest.fixture
def index(tmp_path: Path) -> Path:
    return tmp_path.resolve() / "index"


def go(index: Path, *named: Address | Path, forget: tuple[Address, ...] = (), full: bool = False) -> Report:
    terms = Terms(allow_private=True)
    return bring(index, named, forget=forget, full=full, terms=terms, progress=lambda *_: None)


def states(report: Report) -> list[str]:
    return [page.state for page in report.pages]


def texts(index: Path) -> dict[str, str]:
    with open_index(index) as opened:
        return {d.path: opened.catalog.text(d.id) for d in opened.catalog.documents()}


def test_a_page_is_saved_cited_with_address_and_time_and_verified(index: Path, site: Site) -> None:
    """Its bytes lie beside the index as they came; the citation says from where and when; verify needs no network."""
    report = go(index, site.at("/pay.html"))
    (page,) = report.pages
    host = site.address.removeprefix("http://").replace(":", "+")
    assert (page.address, page.path, page.state) == (f"{site.address}/pay.html", f"{host}/pay.html", "added")
    assert (index / "pages" / page.path).read_bytes() == PAY
    with open_index(index) as opened:
        answer = ask("What do coders earn in Fresno?", opened)
        folders = opened.sources
    (citation,) = answer.citations
    assert (citation.path, citation.address, citation.fetched) == (page.path, page.address, page.fetched)
    assert citation.quote == "Coders in Fresno earn $16.69 an hour."
    assert citation.sha256 == sha256(PAY).hexdigest()
    site.pages.clear()
    assert verify([answer], folders).is_sound
    assert to_json(answer)["citations"][0]["address"] == f"{site.address}/pay.html"


def test_a_copied_index_has_the_pages_and_goes_on_without_the_other(index: Path, site: Site) -> None:
    first = go(index, site.at("/pay.html"))
    target = index.with_name("copy")
    assert run(["copy", str(index), str(target)], Settings()) == 0
    shutil.rmtree(index)
    with open_index(target) as opened:
        answer = ask("What do coders earn in Fresno?", opened)
        folders = opened.sources
    assert (answer.citations[0].address, answer.citations[0].fetched) == (
        first.pages[0].address,
        first.pages[0].fetched,
    )
    assert verify([answer], folders).is_sound
    assert states(go(target)) == ["unchanged"]


def test_an_index_behind_a_link_knows_its_pages_addresses(index: Path, site: Site) -> None:
    index.mkdir()
    link = index.with_name("link")
    link.symlink_to(index)
    go(link, site.at("/pay.html"))
    assert states(go(link)) == ["unchanged"]
    with open_index(link) as opened:
        assert [d.address for d in opened.catalog.documents()] == [f"{site.address}/pay.html"]


def test_what_did_not_change_is_not_sent_again_and_makes_no_generation(index: Path, site: Site) -> None:
    first = go(index, site.at("/pay.html"))
    again = go(index)
    assert site.asked == [("/pay.html", 200), ("/pay.html", 304)]
    assert (states(again), again.generation) == (["unchanged"], first.generation)
    assert again.pages[0].fetched == first.pages[0].fetched
    go(index, full=True)
    assert site.asked[2:] == [("/pay.html", 200)]


def test_a_page_that_changed_replaces_what_was_saved(index: Path, site: Site) -> None:
    go(index, site.at("/pay.html"))
    site.pages["/pay.html"] = ("text/html", PAY.replace(b"16.69", b"17.10"))
    report = go(index)
    assert (states(report), len(report.changed)) == (["changed"], 1)
    (text,) = texts(index).values()
    assert "$17.10" in text


def test_a_page_of_another_format_than_before_takes_its_place(index: Path, site: Site) -> None:
    go(index, site.at("/pay.html"))
    site.pages["/pay.html"] = ("text/csv", CSV)
    report = go(index)
    assert (len(report.added), len(report.removed)) == (1, 1)
    assert [Path(path).suffix for path in texts(index)] == [".csv"]


def test_a_page_that_cannot_be_had_again_stays_and_is_told(index: Path, site: Site) -> None:
    saved = go(index, site.at("/pay.html")).pages[0]
    site.pages.clear()
    report = go(index)
    (failure,) = report.failed
    assert failure.path == f"{site.address}/pay.html"
    assert failure.reason == f"answers 404 Not Found; what was saved on {saved.fetched[:10]} stays"
    assert list(texts(index)) == [saved.path]


def test_one_page_that_fails_leaves_the_others(index: Path, site: Site) -> None:
    report = go(index, site.at("/lost.html"), site.at("/pay.html"))
    assert (states(report), [failure.reason for failure in report.failed]) == (["added"], ["answers 404 Not Found"])


def test_where_the_only_page_fails_that_is_the_error(index: Path, site: Site) -> None:
    with pytest.raises(SourceError, match=r"/lost\.html: answers 404 Not Found"):
        go(index, site.at("/lost.html"))


def test_files_and_pages_are_named_together_and_looked_at_apart(index: Path, site: Site, tmp_path: Path) -> None:
    """Who names a folder waits for no server."""
    (tmp_path / "guides").mkdir()
    (tmp_path / "guides" / "a.txt").write_text("A guide.\n")
    go(index, tmp_path / "guides", site.at("/pay.html"))
    assert sorted(Path(path).name for path in texts(index)) == ["a.txt", "pay.html"]
    site.asked.clear()
    go(index, tmp_path / "guides")
    assert site.asked == []


def test_a_page_is_forgotten_with_its_file(index: Path, site: Site) -> None:
    site.pages["/deep/er/rules.html"] = ("text/html", RULES)
    go(index, site.at("/pay.html"), site.at("/deep/er/rules.html"))
    assert states(go(index, forget=(site.at("/deep/er/rules.html"),))) == ["forgotten"]
    (folder,) = (entry for entry in (index / "pages").iterdir() if entry.is_dir())
    assert [path.name for path in folder.rglob("*")] == ["pay.html"]
    report = go(index, forget=(site.at("/pay.html"),))
    assert (len(report.removed), texts(index)) == (1, {})
    assert [path.name for path in (index / "pages").iterdir()] == [".addresses.json"]
    site.asked.clear()
    with pytest.raises(CiteguideError, match="nothing is remembered"):
        go(index)
    assert site.asked == []


def test_what_was_never_remembered_cannot_be_forgotten(index: Path, site: Site) -> None:
    go(index, site.at("/pay.html"))
    (failure,) = go(index, forget=(site.at("/other.html"),)).failed
    assert failure.line() == (f"{site.address}/other.html: not remembered; what is remembered: {site.address}/pay.html")
    assert len(texts(index)) == 1


def test_a_saved_page_that_was_damaged_is_fetched_anew(index: Path, site: Site) -> None:
    """As after a crash between the list and the page: the server is not asked whether it changed, but for all of it."""
    page = go(index, site.at("/pay.html")).pages[0]
    (index / "pages" / page.path).write_bytes(b"half of")
    assert states(go(index)) == ["changed"]
    assert (index / "pages" / page.path).read_bytes() == PAY
    (index / "pages" / page.path).unlink()
    go(index)
    assert (index / "pages" / page.path).read_bytes() == PAY


class CrashError(Exception):
    """Stands for a power cut."""


@pytest.mark.parametrize("moment", range(8))
def test_a_crash_at_any_moment_leaves_a_page_that_the_next_run_mends(
    index: Path, site: Site, moment: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Cut off before any one of the writes to disk, the next run brings what the server has, and nothing is half."""
    go(index, site.at("/pay.html"))
    site.pages["/pay.html"] = ("text/html", PAY.replace(b"16.69", b"17.10"))
    left = [moment]

    def until_cut(act: Callable[..., object]) -> Callable[..., object]:
        def acting(*arguments: object) -> object:
            left[0] -= 1
            if left[0] < 0:
                raise CrashError
            return act(*arguments)

        return acting

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", until_cut(os.fsync))
        patched.setattr(Path, "replace", until_cut(Path.replace))
        with suppress(CrashError):
            go(index)
    (text,) = texts(index).values()
    assert ("$16.69" in text) != ("$17.10" in text)
    go(index)
    (text,) = texts(index).values()
    assert "$17.10" in text


def test_with_and_without_encryption_it_is_one_page() -> None:
    pages = {parse("http://x.org/a"): page_store.Saved("http://x.org/a", "x.org/a.html", "", "")}
    assert page_store.place(parse("https://x.org/a"), ".html", pages) == "x.org/a.html"
    assert page_store.place(parse("https://x.org/a.html"), ".html", pages) != "x.org/a.html"


@pytest.mark.parametrize("content", [b"", b"[]", b'{"pages": [{}]}', b'{"pages": 1}', b"[" * 100_000, b"\xff"])
def test_a_damaged_list_is_a_line_and_no_traceback(index: Path, site: Site, content: bytes) -> None:
    go(index, site.at("/pay.html"))
    (index / "pages" / ".addresses.json").write_bytes(content)
    with pytest.raises(IndexBrokenError, match="is damaged"):
        go(index)


# The command


def cli(capsys: pytest.CaptureFixture[str], index: Path, *arguments: str) -> tuple[int, str, str]:
    status = run(["--index", str(index), *arguments], Settings())
    output = capsys.readouterr()
    return status, output.out, output.err


def test_the_command_fetches_only_what_it_is_allowed_to(
    index: Path, site: Site, capsys: pytest.CaptureFixture[str]
) -> None:
    address = f"{site.address}/pay.html"
    status, out, err = cli(capsys, index, "index", address)
    assert (status, out, site.asked) == (2, "", [])
    assert err == (
        f"citeguide: {address}: 127.0.0.1 is 127.0.0.1, which is no public address; "
        "allow it with --allow-private if you trust it\n"
    )
    status, out, _ = cli(capsys, index, "index", "--allow-private", "--json", address)
    report = json.loads(out)
    assert (status, report["pages"][0]["state"], report["pages"][0]["address"]) == (0, "added", address)
    status, out, _ = cli(capsys, index, "ask", "What do coders earn in Fresno?")
    assert f"(fetched {report['pages'][0]['fetched'][:10]})" in out
    status, out, err = cli(capsys, index, "index")
    assert (status, "no public address; what was saved on" in err) == (0, True)
    status, out, err = cli(capsys, index, "index", "--allow-private", f"{site.address}/lost.html")
    assert (status, "answers 404 Not Found" in err) == (2, True)
    assert cli(capsys, index, "index", "--forget", address)[0] == 0
    assert cli(capsys, index, "index", "ftp://example.org/a.txt")[0] == 2
    assert cli(capsys, index, "index", "--forget", "https://u:secret@example.org/")[2].count("secret") == 0
