"""The regulator's public directory as it comes: lines of CSV -> places, and what is wrong. Pure.

The file "CQC care directory" has some lines before its column row, a line for each location, and
names of columns that changed over the years ("CQC Location (for office use only", "Local
Authority"). Every cell is text that somebody else wrote.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from store.providers import FIELDS

PREAMBLE = 50  # lines before the column row; a file with more is another file
# Our field -> how its column's name begins, letters only.
COLUMNS = {
    "id": ("cqclocation", "locationid"),
    "name": ("name", "locationname"),
    "also": ("alsoknownas",),
    "address": ("address",),
    "postcode": ("postcode", "postalcode"),
    "types": ("servicetypes",),
    "council": ("localauthority",),
    "company": ("providername",),
    "company_id": ("cqcprovider", "providerid"),
}
LONGEST = {"also": 200, "address": 300, "types": 500, "council": 100, "company": 200}
LONGEST_NAME = 200
# "1-123456789"; places of NHS trusts have their NHS number instead: "RNA01".
NUMBER = re.compile(r"[A-Z0-9][A-Z0-9-]{2,19}")
POSTCODE = re.compile(r"[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][A-Z]{2}")


class NotADirectory(Exception):
    """The file has no column row of the directory; the message says what was looked for."""


@dataclass(frozen=True)
class Place:
    """One line that can be kept: its number and its fields."""

    id: str
    fields: Mapping[str, str]


@dataclass(frozen=True)
class Bad:
    """One line that is kept out, and why."""

    line: int
    why: str


def read(lines: Iterable[str]) -> Iterator[Place | Bad]:
    """Lines of the file -> places and bad lines, one by one. Raises NotADirectory."""
    reader = csv.reader(lines)
    columns, width = _columns(reader)
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error as why:
            yield Bad(reader.line_num, str(why))
            continue
        if any(cell.strip() for cell in row):
            yield _place(reader.line_num, row, columns, width)


def _columns(reader: Iterator[list[str]]) -> tuple[Mapping[str, int], int]:
    for _ in range(PREAMBLE):
        try:
            row = next(reader, None)
        except csv.Error:
            continue
        if row is None:
            break
        names = [re.sub("[^a-z]", "", cell.casefold()) for cell in row]
        found = {field: at for field, begins in COLUMNS.items() if (at := _at(names, begins)) >= 0}
        if {"id", "name"} <= found.keys():
            return found, len(row)
    raise NotADirectory("no row of column names with “Name” and “CQC Location ID” in it")


def _at(names: Sequence[str], begins: tuple[str, ...]) -> int:
    # "name" whole: "Name of the manager" is not the place's.
    fits = [n for n, name in enumerate(names) if name in begins]
    fits += [n for n, name in enumerate(names) if name.startswith(begins) and "name" not in begins]
    return fits[0] if fits else -1


def _place(line: int, row: Sequence[str], columns: Mapping[str, int], width: int) -> Place | Bad:
    if len(row) != width:
        return Bad(line, f"has {len(row)} columns, not {width}")
    if any("\n" in cell or "\r" in cell for cell in row):
        return Bad(line, "has a cell that goes on over the end of its line: a quote is missing")
    cells = {name: _clean(row[at]) for name, at in columns.items()}
    number, name, postcode = cells["id"], cells["name"], cells.get("postcode", "").upper()
    if not NUMBER.fullmatch(number):
        return Bad(line, "has no location number")
    if not name or len(name) > LONGEST_NAME:
        return Bad(line, "has no name" if not name else "has too long a name")
    if postcode and not POSTCODE.fullmatch(postcode):
        return Bad(line, "has a postcode that is none")
    fields = dict.fromkeys(FIELDS, "") | cells | {"postcode": postcode}
    del fields["id"]
    company = fields["company_id"]
    fields["company_id"] = company if NUMBER.fullmatch(company) else ""
    return Place(number, {n: v[: LONGEST.get(n, len(v))] for n, v in fields.items()})


def _clean(cell: str) -> str:
    """A cell in one line, without NULs, control characters and bits of broken characters."""
    return " ".join("".join(c if c.isprintable() else " " for c in cell).split())
