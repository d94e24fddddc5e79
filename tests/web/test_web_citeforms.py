"""A citation in the forms that people paste, as each form's own rules want it."""

from __future__ import annotations

import json

from citeguide.search.model import Citation
from citeguide.web.citation_formats import forms

CITATION = Citation(
    id="1f0c9a3e-120-180",
    n=1,
    document="Pay & Prospects_2024",
    path="guides/pay.pdf",
    section=("Pay",),
    page=3,
    lines=(12, 13),
    span=(120, 180),
    quote="Bakers earn\n$17.20 an hour*.",
    sha256="ab" * 32,
)


def test_plain_text_names_quote_guide_date_page_lines_and_fingerprint() -> None:
    assert forms(CITATION, "2024-05").plain == (
        "“Bakers earn $17.20 an hour*.” Pay & Prospects_2024 (2024-05), guides/pay.pdf, page 3, lines 12–13. "
        "SHA-256 abababababababab."
    )


def test_markdown_quotes_the_quote_and_escapes_what_would_be_markup() -> None:
    assert forms(CITATION, None).markdown == (
        "> Bakers earn $17.20 an hour\\*.\n>\n> — *Pay & Prospects\\_2024*, guides/pay.pdf, page 3, lines 12–13"
    )


def test_bibtex_escapes_what_tex_would_read_and_has_year_and_page() -> None:
    made = forms(CITATION, "2024-05").bibtex
    assert made.startswith("@misc{citeguide-1f0c9a3e-120-180,\n")
    assert "  title = {Pay \\& Prospects\\_2024}" in made
    assert "  year = {2024}" in made
    assert "  pages = {3}" in made
    assert "Bakers earn \\$17.20 an hour*." in made


def test_csl_json_is_a_list_of_one_document_with_date_and_page() -> None:
    (item,) = json.loads(forms(CITATION, "2024-05").csl)
    assert (item["type"], item["title"], item["page"]) == ("document", "Pay & Prospects_2024", "3")
    assert item["issued"] == {"date-parts": [[2024, 5]]}
    (undated,) = json.loads(forms(CITATION, None).csl)
    assert "issued" not in undated


FETCHED = CITATION._replace(address="https://jobs.example.org/pay?y=1&m=2", fetched="2026-11-24T18:00:00Z")


def test_a_page_of_the_web_is_cited_with_its_address_and_the_day_it_was_fetched() -> None:
    made = forms(FETCHED, None)
    assert "lines 12–13. https://jobs.example.org/pay?y=1&m=2 (fetched 2026-11-24). SHA-256" in made.plain
    assert "[*Pay & Prospects\\_2024*](<https://jobs.example.org/pay?y=1&m=2>)" in made.markdown
    assert "  url = {https://jobs.example.org/pay?y=1\\&m=2}" in made.bibtex
    assert "  urldate = {2026-11-24}" in made.bibtex
    (item,) = json.loads(made.csl)
    assert (item["URL"], item["accessed"]) == (FETCHED.address, {"date-parts": [[2026, 11, 24]]})
