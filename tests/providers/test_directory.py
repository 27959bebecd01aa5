"""The directory's lines as they come: other years' columns, rubbish, what is hostile."""

import pytest

from tests.providers.conftest import HEAD, directory, line
from triage.directory import Bad, NotADirectory, Place, read


def parsed(text: str) -> list[Place | Bad]:
    return list(read(text.splitlines(keepends=True)))


def test_a_line_becomes_a_place():
    [place] = parsed(
        directory(line("1-123456789", "Lapal House", types="Nursing homes|Residential homes"))
    )
    assert place.id == "1-123456789"
    assert place.fields == {
        "name": "Lapal House", "also": "", "address": "1 High St, Dudley", "postcode": "DY1 1AA",
        "council": "Dudley", "company": "Partners", "types": "Nursing homes|Residential homes",
        "company_id": "1-900",
    }  # fmt: skip


def test_columns_of_another_year_in_another_order_are_found_too():
    head = "CQC Location (for office use only,Local Authority,NAME,Name of manager"
    [place] = parsed(f"{head}\n1-222,Walsall,Oak House,Ann\n")
    assert (place.id, place.fields["name"], place.fields["council"]) == (
        "1-222",
        "Oak House",
        "Walsall",
    )
    assert place.fields["address"] == ""


@pytest.mark.parametrize("text", ["", "a,b\n1,2\n", "\n" * 80 + HEAD, "%PDF-1.4\n"])
def test_another_file_is_refused(text):
    with pytest.raises(NotADirectory, match="Name"):
        parsed(text)


@pytest.mark.parametrize(
    ("bad", "why"),
    [
        (line("", "No number"), "no location number"),
        (line("1-1; DROP TABLE", "x"), "no location number"),
        (line("=1+1", "x"), "no location number"),
        (line("1-301", ""), "no name"),
        (line("1-301", "x" * 201), "too long a name"),
        (line("1-301", "x", postcode="HELLO"), "a postcode that is none"),
        ("1-301,only,three", "has 3 columns, not 15"),
        (line("1-301", "x" * 200_000), "field larger"),
    ],
)
def test_a_bad_line_is_named_and_the_next_is_read(bad, why):
    found = parsed(directory(line("1-300", "First"), bad, line("1-302", "Last")))
    assert [one.id for one in found if isinstance(one, Place)] == ["1-300", "1-302"]
    [wrong] = [one for one in found if isinstance(one, Bad)]
    assert wrong.line == 7
    assert why in wrong.why


def test_nuls_and_hidden_signs_are_taken_out_of_a_cell():
    [place] = parsed(directory(line("1-300", "La\x00pal \t \u202eHouse\x1b[0m")))
    assert place.fields["name"] == "La pal House [0m"


def test_a_formula_is_text_like_any_other():
    [place] = parsed(directory(line("1-300", "=HYPERLINK(1)")))
    assert place.fields["name"] == "=HYPERLINK(1)"


def test_a_quote_that_never_ends_does_not_swallow_the_file_in_silence():
    found = parsed(directory(line("1-300", "First"), '"open,' + "x," * 20, line("1-302", "Last")))
    assert isinstance(found[0], Place)
    assert [one.why for one in found[1:]] == [
        "has a cell that goes on over the end of its line: a quote is missing"
    ]
