"""Fits and measures how well claims that somebody else wrote are told supported, contradicted, or not in the guides.

    python bench/claims.py            measure with the numbers in force, by domain; docs/quality.md has the figures
    python bench/claims.py --fit      fit on the domains to tune on, each measured by the others, and write them
    python bench/claims.py --fresh    measure the claims that no weight and no rule was chosen by

The claims stand in tests/cases/claims, a file a domain, their guides in ../shared/data/lay. Nothing is ever fitted on
FRESH.
"""

from __future__ import annotations

import argparse
import json
import re
import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from citeguide.indexer.update import update
from citeguide.search.factcheck.claim_signals import CLAIM_SIGNALS, compared
from citeguide.search.factcheck.claim_windows import Claim, EvidenceWindow, subjects, windows
from citeguide.search.factcheck.text_check import VERDICTS, CheckedSentence, check_text
from citeguide.search.signals import values
from citeguide.search.store.open import open_index
from citeguide.search.text.markup import unmarked
from fit_reader import DATA, ROOT, golden_lines, logistic

CASES = ROOT / "tests" / "cases" / "claims"
TUNED = ("coverage", "tts", "townhall", "notify", "outdoors", "careers", "pools")
FRESH = ("govuk", "notify_more")
"""Written when the others had been measured often: 108 claims, to be measured once or twice, and never looked at."""
PAGES = """council-tax blind-persons-allowance carers-credit driving-lessons-learning-to-drive child-employment bfpo
drink-drive-course child-trust-funds displaying-number-plates appeal-magistrates-court-decision boatmasters-licence
dormant-company elections-in-the-uk apply-medal-or-veterans-badge driving-test divorce apply-first-adult-passport
disabled-facilities-grants become-direct-access-scheme-motorcycle-instructor care-to-learn agricultural-workers-rights
adult-dependants-grant 1619-bursary-fund adi-standards-check ancestry-visa appeal-hedgerow-notice""".split()
GUIDES = {
    "careers": [DATA / "guides"],
    "pools": [CASES / "pools"],
    "notify_more": [DATA / "lay" / "notify" / "docs"],
    "govuk": [DATA / "public" / "conditionalqa" / "docs" / f"{page}.html" for page in PAGES],
}
"""Where the guides lie of domains that are none of ../shared/data/lay."""
EXPECTED = {"supported": "supported", "contradicted": "contradicted", "not in the guides": "not_found"}
RIDGE = 0.03
LEAST = {"supported": 0.55, "contradicted": 0.6}
"""The probability from which on a verdict is given, set where the domains measured by the others leave room."""
OTHERS = 4.0
"""What all other quotes of a claim weigh together, beside those that are right."""


class SeenClaim(NamedTuple):
    """A claim: what is expected, the signals of each quote, and which quotes hold what it rests on."""

    domain: str
    text: str
    expected: str
    signals: Any
    right: Any
    denies: Any
    """Which quotes say the contrary in words, and so support nothing."""


class Tally(NamedTuple):
    """Of one verdict: how often it is right, given, and expected."""

    right: int
    given: int
    expected: int

    def line(self) -> str:
        """Precision and recall."""
        precision, recall = self.right / (self.given or 1), self.right / (self.expected or 1)
        return (
            f"precision {self.right}/{self.given} = {precision:.2f}, recall {self.right}/{self.expected} = {recall:.2f}"
        )


def main() -> None:
    """Fit, if asked to, and measure."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--fit", action="store_true")
    parser.add_argument("--fresh", action="store_true", help="measure the claims that nothing was chosen by")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as place:
        if options.fit:
            fit_and_write([claim for domain in TUNED for claim in seen(domain, Path(place))])
        else:
            name, domains = ("fresh", FRESH) if options.fresh else ("tuned", TUNED)
            report(name, [pair for domain in domains for pair in checked(domain, Path(place))])


def indexed(domain: str, place: Path) -> Path:
    """The index of a domain's guides."""
    if not (place / domain).exists():
        update(place / domain, GUIDES.get(domain, [DATA / "lay" / domain / "docs"]))
    return place / domain


def cases(domain: str) -> list[dict[str, Any]]:
    """A domain's claims; those in looser words, further from the guides', stand in a file beside the others."""
    files = (CASES / f"{domain}{kind}.jsonl" for kind in ("", "_loose"))
    return [case for file in files if file.exists() for case in golden_lines(file)]


def checked(domain: str, place: Path) -> Iterator[tuple[str, CheckedSentence]]:
    """Each claim as it is checked, beside what is expected."""
    with open_index(indexed(domain, place)) as index:
        for case in cases(domain):
            yield EXPECTED[case["expected"]], check_text(case["claim"], index).sentences[0]


def report(name: str, found: Sequence[tuple[str, CheckedSentence]]) -> None:
    """Precision and recall of each verdict."""
    print(f"{name}: {len(found)} claims")
    pairs = [(expected, sentence.verdict) for expected, sentence in found]
    for verdict in EXPECTED.values():
        print(f"  {verdict:<12} {tally(pairs, verdict).line()}")


def tally(pairs: Iterable[tuple[str, str]], verdict: str) -> Tally:
    """Of pairs of what was expected and what was said."""
    counts = Counter((expected == verdict, said == verdict) for expected, said in pairs)
    right = counts[True, True]
    return Tally(right, right + counts[False, True], right + counts[True, False])


# Fitting


def seen(domain: str, place: Path) -> Iterator[SeenClaim]:
    """Each claim with the quotes that may bear on it."""
    with open_index(indexed(domain, place)) as index:
        telling = subjects(index.catalog)
        for case in cases(domain):
            found = windows(Claim(case["claim"]), index)
            beside = compared(found, telling)
            signals = np.array([values(CLAIM_SIGNALS, each) for each in beside])
            right = np.array(["quote" in case and rests_on(window, case["quote"]) for window in found])
            denies = np.array([each.denies for each in beside])
            yield SeenClaim(domain, case["claim"], EXPECTED[case["expected"]], signals, right, denies)


def rests_on(window: EvidenceWindow, quote: str) -> bool:
    """Whether a quote holds what the claim is known to rest on: of a row all of its words, in any order."""
    if window.ranked.passage.is_a("row"):
        return set(re.findall(r"\w+", fold(quote))) <= set(re.findall(r"\w+", fold(window.text)))
    return fold(quote) in fold(window.text)


def fold(text: str) -> str:
    """Text for comparisons."""
    return " ".join(unmarked(text).replace("’", "'").split()).lower()


def fit(claims: Sequence[SeenClaim], verdict: str) -> Any:
    """The weights for one verdict, the constant last."""
    signals = np.concatenate([claim.signals for claim in claims])
    right = [claim.right & (claim.expected == verdict) for claim in claims]
    weight = [np.where(each, 1 / max(1, each.sum()), OTHERS / len(each)) for each in right]
    return logistic(signals, np.concatenate(right).astype(float), np.concatenate(weight), RIDGE)


def likeliest(claim: SeenClaim, verdict: str, weights: Any) -> float:
    """The chance of the likeliest quote."""
    scores = claim.signals @ weights[:-1] + weights[-1]
    barred = claim.denies & (verdict == "supported")
    return float(1 / (1 + np.exp(-np.where(barred, -30.0, scores).max(initial=-30.0))))


def verdict_of(claim: SeenClaim, weights: dict[str, Any]) -> str:
    """What these weights say of a claim."""
    chances = {verdict: likeliest(claim, verdict, weights[verdict]) for verdict in VERDICTS}
    enough = [verdict for verdict in VERDICTS if chances[verdict] >= LEAST[verdict]]
    verdict = max(VERDICTS, key=lambda each: chances[each])
    return verdict if enough[:1] == [verdict] else "not_found"


def fit_and_write(claims: Sequence[SeenClaim]) -> None:
    """Measure each domain by the others, then fit on all and write search/fitted.json."""
    pairs = []
    for domain in TUNED:
        weights = {verdict: fit([c for c in claims if c.domain != domain], verdict) for verdict in VERDICTS}
        pairs += [(c.expected, verdict_of(c, weights)) for c in claims if c.domain == domain]
    for verdict in EXPECTED.values():
        print(f"by the other domains: {verdict:<12} {tally(pairs, verdict).line()}")
    path = ROOT / "search" / "fitted.json"
    known = json.loads(path.read_text(encoding="utf-8"))
    known["claims"] = {verdict: _named(fit(claims, verdict)) | {"least": LEAST[verdict]} for verdict in VERDICTS}
    path.write_text(json.dumps(known, indent=1) + "\n", encoding="utf-8")


def _named(weights: Any) -> dict[str, float]:
    names = [*(signal.name for signal in CLAIM_SIGNALS), "constant"]
    return {name: round(float(w), 3) for name, w in zip(names, weights, strict=True)}


if __name__ == "__main__":
    main()
