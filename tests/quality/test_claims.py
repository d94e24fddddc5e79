"""What is told of claims over real guides: precision and recall stay above floors (bench/claims.py has the figures)."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
from citeguide.search.factcheck.text_check import check_text
from citeguide.search.store.open import open_index
from indexed import update

CASES = Path(__file__).parents[1] / "cases" / "claims"
EXPECTED = {"supported": "supported", "contradicted": "contradicted", "not in the guides": "not_found"}
DOMAINS = ("coverage", "tts", "townhall", "notify", "outdoors")
FRESH = ("govuk", "notify_more", "govuk_later", "health")
"""Never fitted on, and measured by bench/claims.py alone."""
FLOORS = {"supported": (0.9, 0.74), "contradicted": (0.83, 0.8)}
"""For each verdict precision and recall, a little below what is measured on what the weights are fitted on."""


def test_verdicts_stay_above_their_floors(shared: Path, tmp_path: Path) -> None:
    """Each claim alone, over the guides of its domain."""
    counts: Counter[tuple[str, str]] = Counter()
    for domain in DOMAINS:
        update(tmp_path / domain, [shared / "data" / "lay" / domain / "docs"])
        with open_index(tmp_path / domain) as index:
            for line in (CASES / f"{domain}.jsonl").read_text("utf-8").splitlines():
                case = json.loads(line)
                counts[EXPECTED[case["expected"]], check_text(case["claim"], index).sentences[0].verdict] += 1
    for verdict, (precision, recall) in FLOORS.items():
        right = counts[verdict, verdict]
        given = sum(number for (_, said), number in counts.items() if said == verdict)
        expected = sum(number for (wanted, _), number in counts.items() if wanted == verdict)
        assert right / given >= precision, f"{verdict}: {right} of {given} given"
        assert right / expected >= recall, f"{verdict}: {right} of {expected} expected"


@pytest.mark.parametrize(("domains", "number"), [(DOMAINS, 300), (FRESH, 168)], ids=("tuned", "fresh"))
def test_the_claims_are_of_three_kinds_in_equal_parts(domains: tuple[str, ...], number: int) -> None:
    """Over the guides of other people, a third of each kind."""
    lines = [line for domain in domains for line in (CASES / f"{domain}.jsonl").read_text("utf-8").splitlines()]
    kinds = Counter(json.loads(line)["expected"] for line in lines)
    assert sum(kinds.values()) == number
    assert all(abs(kinds[kind] - number / 3) <= 1 for kind in EXPECTED)
