"""The papers about safety: what they name is there, and what they rate is rated by their matrix."""

import re

import pytest

from tests.conftest import ROOT

HAZARDS = (ROOT / "docs" / "hazards.md").read_text()
LEVELS = ("Minor", "Significant", "Considerable", "Major", "Catastrophic")
ROWS = re.findall(r"^\| ([\w ]+)" + r" \| (\d)" * 5 + r" \|$", HAZARDS, re.MULTILINE)
MATRIX = {likely: dict(zip(LEVELS, ratings, strict=True)) for likely, *ratings in ROWS}
FIELDS = ("Description", "Causes", "Effect", "Hazard", "Harm", "At first", "Owner",
          "Controls there are", "Now", "Status")  # fmt: skip
PARTS = dict(re.findall(r"^## (H\d+)\. (.*?)(?=^## |\Z)", HAZARDS, re.MULTILINE | re.DOTALL))


@pytest.mark.parametrize(
    "path", sorted(set(re.findall(r"`(\w+/[\w/]+\.\w+(?:\.toml)?)`", HAZARDS)))
)
def test_every_file_that_the_hazard_log_names_is_there(path):
    assert (ROOT / path).is_file()


@pytest.mark.parametrize("name", PARTS)
def test_every_hazard_has_every_field(name):
    assert [field for field in FIELDS if f"**{field}:**" not in PARTS[name]] == []


@pytest.mark.parametrize("name", PARTS)
def test_every_rating_is_the_matrix_s_own_and_stands_in_the_summary(name):
    rated = re.findall(r"(\w+) × (\w+(?: \w+)?) = (\d)", PARTS[name])
    assert [MATRIX[likely][severe] for severe, likely, _ in rated] == [
        rating for *_, rating in rated
    ]
    (row,) = re.findall(rf"^\| {name} \|.*\| (\d) \| (\d) \| (\w+) \|$", HAZARDS, re.MULTILINE)
    status = re.search(r"\*\*Status:\*\* (\w+)", PARTS[name])
    assert row == (rated[0][2], rated[-1][2], status and status[1])


def test_there_are_hazards_to_look_at():
    assert len(PARTS) >= 10
    assert len(MATRIX) == 5
