"""A number that no arithmetic holds is an ordinary mistake, wherever it is written."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from indexed import indexed, served

PAY = "# Pay\n\n| Area | Median |\n| --- | --- |\n" + "".join(f"| Area {n} | ${n + 10}.00 |\n" for n in range(9))
PLACES = (
    "/source/pay.md?start={}", "/source/pay.md?line={}", "/source/pay.md?at={}-{}", "/tables?page={}",
    "/tables/pay?where=median > {}", "/api/tables/pay?where=median < {}", "/tables/pay.csv?where=median = {}",
    "/api/tables/pay?limit={}", "/api/ask?q=pay&k={}", "/api/documents/pay.md?start={}", "/citation/{}",
    "/ask?q=which areas pay above {}", "/ask?q=top {} areas by median", "/api/ask?q=median pay in the year {}",
    "/ask?q=how many areas pay more than ${} an hour", "/ask?q=what is {} percent of the median in Area 3",
    "/api/ask?q={} hours of pay in Area 3", "/api/search?q={}",
)  # fmt: skip
NUMBERS = ("9" * 30, "9" * 30 + ".5", "-" + "9" * 30, "1e400", "9" * 400, "１" * 30, "9" + " million" * 50)


@pytest.fixture(scope="module")
def client(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    with served(indexed(tmp_path_factory.mktemp("numbers"), {"pay.md": PAY})) as client:
        client.application.config["PROPAGATE_EXCEPTIONS"] = False
        yield client


@pytest.mark.parametrize("place", PLACES)
def test_no_length_of_number_is_a_fault_of_the_server(client: FlaskClient, place: str) -> None:
    for number in NUMBERS:
        path, _, query = place.replace("{}", quote(number)).partition("?")
        with client.get(f"{path}?{query.replace(' ', '%20')}") as response:
            assert response.status_code in (200, 400, 404), number
