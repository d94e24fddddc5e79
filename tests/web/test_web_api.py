"""The JSON API: the contract's objects, one shape of error, tags by generation."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from citeguide.search.output.answer_json import to_json
from citeguide.search.pipeline.answer import ask
from citeguide.search.store.open import open_index
from flask.testing import FlaskClient
from indexed import served, update


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("api")
    guide = place / "guide.md"
    guide.write_text("# Bees\n\nA hive holds about 50,000 bees in summer.\n", encoding="utf-8")
    update(place / "index", [guide])
    return place


@pytest.fixture
def serve() -> Iterator[Callable[..., FlaskClient]]:
    """Makes clients of applications, and closes what these opened."""
    with ExitStack() as held:
        yield lambda index, **options: held.enter_context(served(index, **options))


@pytest.fixture
def client(folder: Path, serve: Callable[..., FlaskClient]) -> FlaskClient:
    return serve(folder / "index")


def test_the_api_answers_what_the_python_call_answers(client: FlaskClient, folder: Path) -> None:
    question = "How many bees does a hive hold in summer?"
    with open_index(folder / "index") as index:
        expected = to_json(ask(question, index), index.seal_key)
    found = client.get("/api/ask", query_string={"q": question}).get_json()
    assert {**found, "took_ms": 0} == {**expected, "took_ms": 0}


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/api/ask", 400),
        ("/api/ask?q=", 400),
        ("/api/ask?q=bees&k=0", 400),
        ("/api/ask?q=bees&document=nothing*", 404),
        ("/api/tables/none", 404),
        ("/api/documents/none.md", 404),
        ("/api/citations/none", 404),
        ("/api/citations/00000000-1-2", 404),
        ("/api/nowhere", 404),
    ],
)
def test_every_error_has_the_one_shape_and_its_status(client: FlaskClient, path: str, status: int) -> None:
    response = client.get(path)
    body = response.get_json()
    assert response.status_code == status
    assert set(body) == {"error"}
    assert set(body["error"]) == {"code", "message", "remedy"}
    assert body["error"]["message"]


def test_a_post_is_refused_in_the_same_shape(client: FlaskClient) -> None:
    response = client.post("/api/search")
    assert response.status_code == 405
    assert set(response.get_json()["error"]) == {"code", "message", "remedy"}


def test_without_an_index_the_api_says_so_and_how_to_make_one(
    tmp_path: Path, serve: Callable[..., FlaskClient]
) -> None:
    response = serve(tmp_path / "none").get("/api/ask?q=bees")
    assert response.status_code == 503
    assert "citeguide index" in response.get_json()["error"]["remedy"]


def test_an_unchanged_answer_costs_no_body_and_a_new_generation_costs_one(
    folder: Path, serve: Callable[..., FlaskClient]
) -> None:
    client = serve(folder / "index")
    first = client.get("/api/documents")
    again = client.get("/api/documents", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    (folder / "guide.md").write_text("# Bees\n\nA hive holds about 60,000 bees in summer.\n", encoding="utf-8")
    update(folder / "index")
    changed = client.get("/api/documents", headers={"If-None-Match": first.headers["ETag"]})
    assert changed.status_code == 200
    assert changed.headers["ETag"] != first.headers["ETag"]


def test_an_address_that_asks_too_often_is_told_to_wait(folder: Path, serve: Callable[..., FlaskClient]) -> None:
    client = serve(folder / "index", per_minute=2)
    statuses = [client.get("/api/health").status_code for _ in range(3)]
    assert statuses == [200, 200, 429]


def test_only_trusted_hosts_are_answered_where_they_are_named(folder: Path, serve: Callable[..., FlaskClient]) -> None:
    client = serve(folder / "index", trusted_hosts=("guides.example.org",))
    assert client.get("/api/health", headers={"Host": "guides.example.org"}).status_code == 200
    assert client.get("/api/health", headers={"Host": "evil.example.org"}).status_code == 400


def test_requests_are_counted_by_route_and_status(folder: Path, serve: Callable[..., FlaskClient]) -> None:
    client = serve(folder / "index")
    client.get("/api/health")
    client.get("/api/tables/none")
    text = client.get("/api/metrics").get_data(as_text=True)
    assert 'citeguide_requests_total{route="/api/health",status="200"} 1' in text
    assert 'citeguide_requests_total{route="/api/tables/<name>",status="404"} 1' in text
    assert "citeguide_request_seconds_count 2" in text


def test_the_version_takes_only_what_is_described(client: FlaskClient) -> None:
    """A slip in a parameter's name is said, with the names that there are; without a version it is passed over."""
    for address in ("/api/v1/ask?q=bees&kk=3", "/api/v1/ask?q=bees&q=hives", "/api/v1/health?q=1"):
        response = client.get(address)
        assert response.status_code == 400
        assert set(response.get_json()["error"]) == {"code", "message", "remedy"}
    assert "q, k, document" in client.get("/api/v1/ask?q=bees&kk=3").get_json()["error"]["remedy"]
    assert client.get("/api/v1/ask?q=bees&document=*.md&document=*.txt").status_code == 200
    assert client.get("/api/ask?q=bees&kk=3").status_code == 200


def test_many_questions_are_answered_in_one_request(client: FlaskClient) -> None:
    """In their order, each as a request of its own would; one that fails has its error in its place."""
    questions = ["How many bees does a hive hold in summer?", "???", "Who won the cup?"]
    said = client.post("/api/v1/ask", json={"questions": questions, "k": 1}).get_json()["answers"]
    assert [each["question"] for each in said] == questions
    alone = client.get("/api/v1/ask", query_string={"q": questions[0], "k": 1}).get_json()
    assert {**said[0], "took_ms": 0} == {**alone, "took_ms": 0}
    assert said[1]["error"]["code"] == "usage"
    assert said[2]["status"] == "not_found"


@pytest.mark.parametrize(
    "body",
    [
        [], {}, {"questions": []}, {"questions": "bees"}, {"questions": [1]}, {"questions": ["bees"] * 51},
        {"questions": ["bees"], "k": 0}, {"questions": ["bees"], "k": True}, {"questions": ["bees"], "x": 1},
        {"questions": ["bees"], "documents": "*.md"},
    ],
)  # fmt: skip
def test_a_body_of_another_shape_is_refused(client: FlaskClient, body: object) -> None:
    """With what is wrong and what to send, in the one shape of an error."""
    response = client.post("/api/v1/ask", json=body)
    assert response.status_code == 400
    assert set(response.get_json()["error"]) == {"code", "message", "remedy"}


def test_lists_come_in_parts(tmp_path: Path, serve: Callable[..., FlaskClient]) -> None:
    """Each part says how many there are and where the next begins; together they are the whole, each thing once."""
    guides = tmp_path / "guides"
    guides.mkdir()
    for n in range(7):
        (guides / f"g{n}.md").write_text(f"# Guide {n}\n\nHive number {n} stands in the garden.\n", "utf-8")
    update(tmp_path / "index", [guides])
    client = serve(tmp_path / "index")
    for address, items, name in (
        ("/api/v1/documents?limit=3", "documents", "path"),
        ("/api/v1/search?q=hive&k=3", "results", "id"),
    ):
        seen: list[str] = []
        start: int | None = 0
        while start is not None:
            part = client.get(f"{address}&start={start}").get_json()
            assert part["total"] == 7
            seen += [each[name] for each in part[items]]
            start = part["next"]
        assert len(seen) == len(set(seen)) == 7
    assert len(client.get("/api/documents").get_json()["documents"]) == 7


def test_a_text_is_checked_sentence_by_sentence(tmp_path: Path, serve: Callable[..., FlaskClient]) -> None:
    """Each has its verdict, and what was decided by a quote has its citation."""
    (tmp_path / "guide.md").write_text("# Bees\n\nA hive holds about 50,000 bees in summer.\n", encoding="utf-8")
    update(tmp_path / "index", [tmp_path / "guide.md"])
    client = serve(tmp_path / "index")
    text = "A hive holds about 50,000 bees in summer. A hive holds about 900 bees in summer. Bees like jazz. Why?"
    found = client.post("/api/v1/check-claims", json={"text": text}).get_json()
    verdicts = [each["verdict"] for each in found["sentences"]]
    assert verdicts == ["supported", "contradicted", "not_found", "skipped"]
    assert found["sentences"][1]["why"] == "50,000, not 900"
    assert [each["citation"] and each["citation"]["n"] for each in found["sentences"]] == [1, 2, None, None]
    assert found["counts"] == dict.fromkeys(("supported", "contradicted", "not_found", "skipped"), 1)


@pytest.mark.parametrize("body", [{}, {"text": 5}, {"text": "a b", "k": 1}, {"text": ""}, {"text": "A b. " * 41}, []])
def test_what_is_no_text_to_check_is_refused(client: FlaskClient, body: object) -> None:
    """With status 400, and what to send instead."""
    response = client.post("/api/v1/check-claims", json=body)
    assert response.status_code == 400
    assert response.get_json()["error"]["remedy"]
