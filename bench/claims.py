"""Fits and measures how well claims that somebody else wrote are told supported, contradicted, or not in the guides.

    python bench/claims.py            measure with the numbers in force, by domain; docs/quality.md has the figures
    python bench/claims.py --fit      fit on the domains to tune on, each measured by the others, and write them
    python bench/claims.py --fresh    measure the claims that no weight and no rule was chosen by, and the later ones

The claims stand in tests/cases/claims, a file a domain, their guides in ../shared/data. Nothing is ever fitted on FRESH
and LATER.
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
PLAIN = TUNED[:5]
"""Those with sixty claims each beside the ones in looser words."""
FRESH = ("govuk", "notify_more")
"""Written when the others had been measured often: 108 claims, to be measured once or twice, and never looked at."""
LATER = ("govuk_later", "health")
"""The same, of guides that were new when those had been measured: 60 claims, half of them in a person's own words."""
PAGES = """council-tax blind-persons-allowance carers-credit driving-lessons-learning-to-drive child-employment bfpo
drink-drive-course child-trust-funds displaying-number-plates appeal-magistrates-court-decision boatmasters-licence
dormant-company elections-in-the-uk apply-medal-or-veterans-badge driving-test divorce apply-first-adult-passport
disabled-facilities-grants become-direct-access-scheme-motorcycle-instructor care-to-learn agricultural-workers-rights
adult-dependants-grant 1619-bursary-fund adi-standards-check ancestry-visa appeal-hedgerow-notice""".split()
LATER_PAGES = """adoption-records leaving-prison reclaim-vat get-a-passport-urgently register-a-boat rest-breaks-work
legal-rights-when-using-surrogates-and-donors return-home-voluntarily renting-out-a-property repossession
redundancy-your-rights learner-support""".split()
HEALTH = """CDC_0000054_Sec5 MPlusHealthTopics_0000136_Sec1 MPlusHealthTopics_0000681_Sec1
MPlusHealthTopics_0000783_Sec1 NIHSeniorHealth_0000062_Sec11 MPlusHealthTopics_0000159_Sec1
MPlusHealthTopics_0000404_Sec1 NIDDK_0000089_Sec3 MPlusHealthTopics_0000593_Sec1 MPlusHealthTopics_0000073_Sec1
MPlusHealthTopics_0000272_Sec1 NIDDK_0000182_Sec10 MPlusHealthTopics_0000301_Sec1 NHLBI_0000008_Sec2""".split()
GUIDES = {
    "careers": [DATA / "guides"],
    "pools": [CASES / "pools"],
    "notify_more": [DATA / "lay" / "notify" / "docs"],
    "govuk": [DATA / "public" / "conditionalqa" / "docs" / f"{page}.html" for page in PAGES],
    "govuk_later": [DATA / "public" / "conditionalqa" / "docs" / f"{page}.html" for page in LATER_PAGES],
    "health": [DATA / "public" / "liveqa" / "docs" / f"{page}.md" for page in HEALTH],
}
"""Where the guides lie of domains that are none of ../shared/data/lay."""
EXPECTED = {"supported": "supported", "contradicted": "contradicted", "not in the guides": "not_found"}
RIDGE = {"bears": 0.02, "denies": 0.03}
PRECISION = {"supported": 0.9, "contradicted": 0.85}
"""Where the probability is set from which on a verdict is given: the share of those given that is right, each domain
measured by the others."""
OTHERS, LOOSE = 4.0, 3.0
"""What all other quotes of a claim weigh together, beside those that are right; and what one in looser words weighs."""


class SeenClaim(NamedTuple):
    """A claim: what is expected, the signals of each quote, and which quotes hold what it rests on."""

    domain: str
    expected: str
    weight: float
    signals: dict[str, Any]
    right: Any


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
            sets = {"fresh": FRESH, "later": LATER} if options.fresh else {"tuned": TUNED}
            for name, domains in sets.items():
                report(name, [pair for domain in domains for pair in checked(domain, Path(place))])


def indexed(domain: str, place: Path) -> Path:
    """The index of a domain's guides."""
    if not (place / domain).exists():
        update(place / domain, GUIDES.get(domain, [DATA / "lay" / domain / "docs"]))
    return place / domain


def cases(domain: str) -> list[dict[str, Any]]:
    """A domain's claims; those in looser words, further from the guides', stand in a file beside the others."""
    files = {kind: CASES / f"{domain}{kind}.jsonl" for kind in ("", "_loose")}
    return [
        case | {"loose": bool(kind)} for kind, file in files.items() if file.exists() for case in golden_lines(file)
    ]


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
            signals = {name: np.array([values(of, each) for each in beside]) for name, of in CLAIM_SIGNALS.items()}
            right = np.array(["quote" in case and rests_on(window, case["quote"]) for window in found])
            if found:
                yield SeenClaim(domain, EXPECTED[case["expected"]], LOOSE if case["loose"] else 1.0, signals, right)


def rests_on(window: EvidenceWindow, quote: str) -> bool:
    """Whether a quote holds what the claim is known to rest on: of a row all of its words, in any order."""
    if window.ranked.passage.is_a("row"):
        return set(re.findall(r"\w+", fold(quote))) <= set(re.findall(r"\w+", fold(window.text)))
    return fold(quote) in fold(window.text)


def fold(text: str) -> str:
    """Text for comparisons."""
    return " ".join(unmarked(text).replace("’", "'").split()).lower()


Weights = dict[str, Any]


def fit(claims: Sequence[SeenClaim]) -> Weights:
    """The weights of what bears on a claim, and of what of that denies it; the constants last."""
    right = np.concatenate([claim.right for claim in claims])
    each = [c.weight / max(1, c.right.sum()) for c in claims]
    weight = np.concatenate(
        [np.where(c.right, w, c.weight * OTHERS / len(c.right)) for c, w in zip(claims, each, strict=True)]
    )
    contrary = np.concatenate([np.full(len(c.right), float(c.expected == "contradicted")) for c in claims])
    signals = {name: np.concatenate([c.signals[name] for c in claims]) for name in CLAIM_SIGNALS}
    return {
        "bears": logistic(signals["bears"], right.astype(float), weight, RIDGE["bears"]),
        "denies": logistic(signals["denies"][right], contrary[right], weight[right], RIDGE["denies"]),
    }


def likeliest(claim: SeenClaim, weights: Weights) -> dict[str, float]:
    """By verdict the chance of the likeliest quote."""
    bears, denies = (1 / (1 + np.exp(-(claim.signals[n] @ weights[n][:-1] + weights[n][-1]))) for n in CLAIM_SIGNALS)
    return {"supported": float((bears * (1 - denies)).max()), "contradicted": float((bears * denies).max())}


def verdict_of(chances: dict[str, float], least: dict[str, float]) -> str:
    """What these chances say of a claim."""
    enough = [verdict for verdict in VERDICTS if chances[verdict] >= least[verdict]]
    verdict = max(VERDICTS, key=lambda each: chances[each])
    return verdict if enough[:1] == [verdict] else "not_found"


def bounds(judged: Sequence[tuple[str, dict[str, float]]]) -> dict[str, float]:
    """For each verdict the least chance from which on those given are right as often as is asked for."""
    steps = [n / 40 for n in range(38, 9, -1)]
    least = dict.fromkeys(PRECISION, steps[0])
    for verdict, wanted in PRECISION.items():
        for step in steps:
            given = [e for e, chances in judged if chances[verdict] >= max(step, *chances.values())]
            if given.count(verdict) >= wanted * len(given):
                least[verdict] = step
    return least


def fit_and_write(claims: Sequence[SeenClaim]) -> None:
    """Measure each domain by the others, then fit on all and write search/fitted.json."""
    judged = []
    for domain in TUNED:
        weights = fit([c for c in claims if c.domain != domain])
        judged += [(c.expected, likeliest(c, weights)) for c in claims if c.domain == domain]
    least = bounds(judged)
    pairs = [(expected, verdict_of(chances, least)) for expected, chances in judged]
    in_order = [claim for domain in TUNED for claim in claims if claim.domain == domain]
    plain = [pair for pair, c in zip(pairs, in_order, strict=True) if c.domain in PLAIN and c.weight < LOOSE]
    for name, of in (("all", pairs), ("in plain words", plain)):
        for verdict in EXPECTED.values():
            print(f"by the other domains, {name}, {len(of)}: {verdict:<12} {tally(of, verdict).line()}")
    path = ROOT / "search" / "fitted.json"
    known = json.loads(path.read_text(encoding="utf-8"))
    known["claims"] = {name: _named(name, weights) for name, weights in fit(claims).items()} | {"least": least}
    path.write_text(json.dumps(known, indent=1) + "\n", encoding="utf-8")


def _named(name: str, weights: Any) -> dict[str, float]:
    names = [*(signal.name for signal in CLAIM_SIGNALS[name]), "constant"]
    return {name: round(float(w), 3) for name, w in zip(names, weights, strict=True)}


if __name__ == "__main__":
    main()
