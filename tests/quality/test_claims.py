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
FLOORS = {
    ("coverage", "tts", "townhall"): {"supported": (0.94, 0.62), "contradicted": (0.93, 0.6)},
    ("notify", "outdoors"): {"supported": (0.85, 0.6), "contradicted": (0.82, 0.39)},
}
"""By domains, tuned on and left out: for each verdict precision and recall, a little below what is measured."""


@pytest.mark.parametrize("domains", FLOORS, ids=("tuned", "left out"))
def test_verdicts_stay_above_their_floors(domains: tuple[str, ...], shared: Path, tmp_path: Path) -> None:
    """Each claim alone, over the guides of its domain."""
    counts: Counter[tuple[str, str]] = Counter()
    for domain in domains:
        update(tmp_path / domain, [shared / "data" / "lay" / domain / "docs"])
        with open_index(tmp_path / domain) as index:
            for line in (CASES / f"{domain}.jsonl").read_text("utf-8").splitlines():
                case = json.loads(line)
                counts[EXPECTED[case["expected"]], check_text(case["claim"], index).sentences[0].verdict] += 1
    for verdict, (precision, recall) in FLOORS[domains].items():
        right = counts[verdict, verdict]
        given = sum(number for (_, said), number in counts.items() if said == verdict)
        expected = sum(number for (wanted, _), number in counts.items() if wanted == verdict)
        assert right / given >= precision, f"{verdict}: {right} of {given} given"
        assert right / expected >= recall, f"{verdict}: {right} of {expected} expected"


def test_the_claims_are_of_three_kinds_in_equal_parts() -> None:
    """Over the guides of other people: 300, a third of each kind, a third of them over domains left out."""
    kinds = Counter(
        (domain in ("notify", "outdoors"), json.loads(line)["expected"])
        for domains in FLOORS
        for domain in domains
        for line in (CASES / f"{domain}.jsonl").read_text("utf-8").splitlines()
    )
    assert sum(kinds.values()) == 300
    assert all(sum(kinds[left, kind] for left in (True, False)) in (99, 100, 101) for kind in EXPECTED)
    assert sum(number for (left, _), number in kinds.items() if left) == 100
