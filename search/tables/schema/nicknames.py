"""Names that people use for places, as data: nicknames, and large cities whose names are no misspellings."""

from __future__ import annotations

NICKNAMES: dict[str, str] = {
    "la": "los angeles", "l a": "los angeles", "city of angels": "los angeles", "la county": "los angeles",
    "sf": "san francisco", "s f": "san francisco", "san fran": "san francisco", "frisco": "san francisco",
    "silicon valley": "san jose", "south bay": "san jose", "east bay": "oakland", "inland empire": "riverside",
    "slo": "san luis obispo", "sac": "sacramento", "sactown": "sacramento", "san berdoo": "san bernardino",
    "nyc": "new york", "n y c": "new york", "new york city": "new york", "big apple": "new york",
    "philly": "philadelphia", "vegas": "las vegas", "nola": "new orleans", "big easy": "new orleans",
    "dfw": "dallas", "chi town": "chicago", "windy city": "chicago", "motor city": "detroit", "beantown": "boston",
    "twin cities": "minneapolis", "slc": "salt lake city", "indy": "indianapolis", "cincy": "cincinnati",
    "jax": "jacksonville", "okc": "oklahoma city", "kc": "kansas city", "pdx": "portland", "atl": "atlanta",
    "emerald city": "seattle", "music city": "nashville", "vb": "virginia beach", "st pete": "st petersburg",
    "ft worth": "fort worth",
}  # fmt: skip
"""Folded nickname of a city or region to the folded name, or part of a name, that it means."""

STATE_NICKNAMES: dict[str, str] = {
    "dc": "district of columbia", "d c": "district of columbia", "washington dc": "district of columbia",
    "washington d c": "district of columbia", "nation s capital": "district of columbia", "mass": "massachusetts",
    "penn": "pennsylvania", "n y": "new york", "n j": "new jersey", "jersey": "new jersey", "n c": "north carolina",
    "s c": "south carolina", "n d": "north dakota", "s d": "south dakota", "n m": "new mexico",
    "n h": "new hampshire", "r i": "rhode island", "w v": "west virginia", "cali": "california",
    "calif": "california", "golden state": "california", "lone star state": "texas", "sunshine state": "florida",
    "empire state": "new york", "garden state": "new jersey",
}  # fmt: skip
"""The same for states."""

DEMONYMS = {
    "californian": "CA", "texan": "TX", "floridian": "FL", "ohioan": "OH", "iowan": "IA", "hawaiian": "HI",
    "alaskan": "AK", "oregonian": "OR", "virginian": "VA", "georgian": "GA", "michigander": "MI", "coloradan": "CO",
}  # fmt: skip
"""What is called after a state, folded, to the state's postal abbreviation."""

SEVERAL: dict[str, tuple[str, ...]] = {
    "bay area": ("san francisco", "oakland", "san jose", "vallejo", "santa rosa", "napa"),
    "san francisco bay area": ("san francisco", "oakland", "san jose", "vallejo", "santa rosa", "napa"),
    "north bay": ("santa rosa", "napa", "vallejo"),
    "wine country": ("napa", "santa rosa"),
    "central valley": ("fresno", "bakersfield", "modesto", "stockton", "merced", "visalia", "sacramento", "madera"),
    "central coast": ("san luis obispo", "santa cruz", "salinas"),
    "southern california": ("los angeles", "san diego", "riverside", "oxnard", "el centro"),
    "socal": ("los angeles", "san diego", "riverside", "oxnard", "el centro"),
    "northern california": ("sacramento", "redding", "chico", "san francisco", "oakland"),
    "norcal": ("sacramento", "redding", "chico", "san francisco", "oakland"),
    "carolinas": ("north carolina", "south carolina"),
    "dakotas": ("north dakota", "south dakota"),
    "tri state area": ("new york", "new jersey", "connecticut"),
}  # fmt: skip
"""Folded names that mean several places: none of them is chosen, all are offered."""

CITIES = frozenset(
    word
    for name in (
        "new york, los angeles, chicago, houston, phoenix, philadelphia, san antonio, san diego, dallas, "
        "austin, jacksonville, fort worth, columbus, charlotte, indianapolis, seattle, denver, boston, "
        "nashville, detroit, portland, memphis, louisville, baltimore, milwaukee, albuquerque, tucson, "
        "fresno, mesa, atlanta, omaha, raleigh, miami, oakland, tulsa, tampa, arlington, wichita, "
        "bakersfield, aurora, anaheim, honolulu, riverside, lexington, stockton, irvine, orlando, cincinnati, "
        "newark, pittsburgh, greensboro, lincoln, durham, plano, anchorage, chandler, toledo, madison, reno, "
        "gilbert, glendale, norfolk, laredo, garland, lubbock, irving, richmond, boise, spokane, tacoma, "
        "fontana, modesto, oxnard, fayetteville, huntington, yonkers, montgomery, amarillo, akron, "
        "shreveport, augusta, mobile, knoxville, chattanooga, tallahassee, worcester, providence, eugene, "
        "salem, springfield, pasadena, hayward, pomona, escondido, sunnyvale, torrance, hollywood, roseville, "
        "clarksville, paterson, syracuse, dayton, savannah, hampton, palmdale, salinas, corona, lancaster, "
        "elk, ontario, vancouver, peoria, cary, rancho, visalia, concord, vallejo, berkeley, richardson, "
        "evansville, carlsbad, fairfield, clovis, antioch, temecula, murrieta, downey, inglewood, ventura, "
        "burbank, santa, clarita, vista, vacaville, merced, redding, chico, tracy, tulare, lodi, madera, "
        "turlock, hanford, delano, reading, salina, nampa, vidalia, mercer, deland, selma, davis, manteca, "
        "napa, petaluma, rocklin, folsom, lompoc, hemet, indio"
    ).split(", ")
    for word in name.split()
)
"""Words of the names of large cities and towns, folded: however near to another, they are spelled as they are meant."""
