"""The shipped guides carry the facts of the guides that the project began with, in words of their own."""

from __future__ import annotations

import re
from importlib import resources
from pathlib import Path

import pytest

TABLE_HEADER = "LocationPay TypeLowMedianHigh"
SHARED_RUN = 8
"""Words in a row that may not stand in both a seed and a shipped guide."""
NAMES = (
    "Commission of Accreditation for Health Informatics and Information Management Education",
    "American Academy of Professional Coders",
    "National Healthcare Association",
    "American Health Information Management Association",
    "Medical Association of Billers",
    "Certified Professional Coder",
    "Certified Professional Biller",
    "Certified Billing and Coding Specialist",
    "Certified Coding Associate",
    "Insurance and Coding Specialist",
    "Certified Medical Billing Specialist",
    "Certified Medical Records Technician",
    "Bureau of Labor Statistics",
    "American Career College",
)
FACTS = (
    ("CAHIIM", "AAPC", "NHA", "AHIMA", "MAB", "NCCA"),
    ("(CPC)", "(CPB)", "(CBCS)", "(CCA)", "(NCICS)", "(CMBS)", "(CMRT)"),
    ("20%", "2024", "12 months", "9 months", "130", "100% online", "GED", "HSE", "18 years"),
    ("two-year", "associate degree", "bachelor's degree", "hospitals", "litigation|lawsuits", "EHR", "internship"),
    ("parent", "background check", "admissions interview", "entrance assessment", "résumé", "alumni"),
)


def test_three_guides_in_three_formats_are_shipped() -> None:
    """The corpus is one plain-text, one HTML and one Markdown guide."""
    assert sorted(Path(name).suffix for name in guides()) == [".html", ".md", ".txt"]


def test_the_wage_table_is_carried_line_by_line(shared: Path) -> None:
    """Header and all 29 glued rows of the seed stand in the plain-text guide, in the same order."""
    expected = table_lines(seeds(shared))
    assert len(expected) == 30
    assert table_lines(guides()) == expected


@pytest.mark.parametrize("fact", [fact for line in FACTS for fact in line])
def test_each_fact_of_the_seeds_is_carried(fact: str, shared: Path) -> None:
    """A figure, name or condition that a seed states stands in a shipped guide as well."""
    pattern = re.compile("|".join(re.escape(spelling) for spelling in fact.split("|")), re.IGNORECASE)
    assert any(pattern.search(straight(text)) for text in guides().values())
    assert any(pattern.search(straight(text)) for text in seeds(shared).values()), "the seeds do not say this"


def test_the_guides_differ_on_whether_certification_is_required() -> None:
    """The plain-text guide says that California requires certification, the HTML one that it does not."""
    by_format = {Path(name).suffix: " ".join(text.split()) for name, text in guides().items()}
    assert re.search(r"In California, .* legally required to pass a national certification exam", by_format[".txt"])
    assert "Certification is not required by law in California" in by_format[".html"]


def test_each_guide_gives_its_date() -> None:
    """A reader of a disagreement sees which side is the newer one."""
    text = guides()
    assert re.search(r"^Last updated: \w+ \d{1,2}, \d{4}\.$", one(text, ".txt"), re.MULTILINE)
    assert re.search(r'<meta property="article:modified_time" content="\d{4}-\d\d-\d\d">', one(text, ".html"))
    assert re.match(r"---\ntitle: .+\ndate: \d{4}-\d\d-\d\d\n---\n", one(text, ".md"))


def test_the_words_are_our_own(shared: Path) -> None:
    """No run of eight words is shared with the seeds, leaving out the table and proper names."""
    theirs = {run for text in seeds(shared).values() for run in runs(text)}
    assert len(theirs) > 1_000
    for name, text in guides().items():
        assert not theirs & set(runs(text)), name


def guides() -> dict[str, str]:
    """The shipped guides as they are installed: file name to text."""
    folder = resources.files("citeguide.corpus")
    return {
        item.name: item.read_text("utf-8") for item in folder.iterdir() if item.name.endswith((".txt", ".html", ".md"))
    }


def seeds(shared: Path) -> dict[str, str]:
    return {path.name: path.read_text("utf-8") for path in sorted((shared / "seeds").glob("*.txt"))}


def one(texts: dict[str, str], suffix: str) -> str:
    (found,) = (text for name, text in texts.items() if name.endswith(suffix))
    return found


def table_lines(texts: dict[str, str]) -> list[str]:
    """The header and the glued rows below it, from whichever text has them."""
    (text,) = (text for text in texts.values() if TABLE_HEADER in text)
    return text[text.index(TABLE_HEADER) :].rstrip("\n").split("\n")


def straight(text: str) -> str:
    """Blanks evened out and typographic apostrophes straight, so that a spelling is found across a line's end."""
    return " ".join(text.replace("’", "'").split())


def runs(text: str) -> list[tuple[str, ...]]:
    """Every run of words of the length that counts; a proper name ends a run."""
    prose = straight(text.partition(TABLE_HEADER)[0])
    for name in NAMES:
        prose = prose.replace(name, "\0")
    found: list[tuple[str, ...]] = []
    for piece in re.sub(r"<[^>]*>", " ", prose).split("\0"):
        words = re.findall(r"\w+", piece.casefold())
        found.extend(tuple(words[i : i + SHARED_RUN]) for i in range(len(words) - SHARED_RUN + 1))
    return found
