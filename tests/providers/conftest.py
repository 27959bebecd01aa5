"""A desk with a directory in it, and files as the regulator writes them."""

from collections.abc import Mapping
from datetime import UTC, datetime

from store import providers
from tests.desk.conftest import Desk, both, chromium, desk, seat, tab, web  # noqa: F401 (fixtures)

HEAD = (
    "Name,Also known as,Address,Postcode,Phone number,Service's website (if available),"
    "Service types,Date of latest check,Specialisms/services,Provider name,Local authority,Region,"
    "Location URL,CQC Location ID (for office use only),CQC Provider ID (for office use only)"
)
PREAMBLE = "Source: Care Quality Commission\n\nAll active locations,,,\n\n"


def line(number: str, name: str, address: str = "1 High St, Dudley", postcode: str = "DY1 1AA",
         types: str = "Doctors/Gps", council: str = "Dudley") -> str:  # fmt: skip
    """One line of the directory."""
    cells = [name, "", address, postcode, "01384 555555", "", types, "", "", "Partners", council,
             "West Midlands", "https://example.org", number, "1-900"]  # fmt: skip
    return ",".join('"{}"'.format(cell.replace('"', '""')) for cell in cells)


def directory(*lines: str) -> str:
    return PREAMBLE + "\n".join((HEAD, *lines)) + "\n"


def fields(name: str, **more: str) -> Mapping[str, str]:
    given = {"name": name, "address": "1 High St, Dudley", "postcode": "DY1 1AA"}
    kind = {"council": "Dudley", "types": "Residential homes"}
    return {**dict.fromkeys(providers.FIELDS, ""), **given, **kind, **more}


PLACES = {
    "1-101": fields("Lapal House and Lodge", address="Lapal Lane South, Halesowen"),
    "1-102": fields("Lapal Surgery", address="2 Lapal Lane, Halesowen", types="Doctors/Gps"),
    "RNA01": fields("Russells Hall Hospital", address="Pensnett Road, Dudley", types="Hospital"),
    "1-104": fields("St Mary's Dental Practice", council="Walsall", types="Dentist"),
    "1-105": fields("Tiled House", address="Tiled House Lane, Brierley Hill"),
}


def read_in(at: Desk, places: Mapping[str, Mapping[str, str]] = PLACES) -> None:
    with at.line.house.database.writing() as session:
        providers.keep(session, places, datetime.now(UTC))
