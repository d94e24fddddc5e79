"""The states of the US with their postal abbreviations, the District of Columbia and the territories among them."""

from __future__ import annotations

_STATES = (
    "alabama AL, alaska AK, arizona AZ, arkansas AR, california CA, colorado CO, connecticut CT, delaware DE, "
    "district of columbia DC, florida FL, georgia GA, hawaii HI, idaho ID, illinois IL, indiana IN, iowa IA, "
    "kansas KS, kentucky KY, louisiana LA, maine ME, maryland MD, massachusetts MA, michigan MI, minnesota MN, "
    "mississippi MS, missouri MO, montana MT, nebraska NE, nevada NV, new hampshire NH, new jersey NJ, new "
    "mexico NM, new york NY, north carolina NC, north dakota ND, ohio OH, oklahoma OK, oregon OR, pennsylvania "
    "PA, rhode island RI, south carolina SC, south dakota SD, tennessee TN, texas TX, utah UT, vermont VT, "
    "virginia VA, washington WA, west virginia WV, wisconsin WI, wyoming WY, puerto rico PR, guam GU, virgin "
    "islands VI, american samoa AS, northern mariana islands MP"
)
STATES: dict[str, str] = {
    name: abbreviation for name, _, abbreviation in (s.rpartition(" ") for s in _STATES.split(", "))
}
"""Folded name to postal abbreviation."""

ABBREVIATIONS: dict[str, str] = {abbreviation: name for name, abbreviation in STATES.items()}
"""Postal abbreviation to folded name."""

NATION = frozenset(
    (
        "united states", "united states of america", "the united states", "us", "u s", "usa", "u s a",
        "nation", "national", "nationwide", "us total", "united states total", "nation as a whole",
    )
)  # fmt: skip
"""Folded names of the nation in a column of places."""
