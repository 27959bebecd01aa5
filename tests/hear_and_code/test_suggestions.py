"""The taxonomy file, and what plain rules make of people's words."""

import shutil

import pytest

from tests.conftest import ROOT
from triage import suggestions, taxonomy

THEMES = taxonomy.load(ROOT / "script")


def found(text: str, language: str = "en") -> dict[str, list[str]]:
    by_field: dict[str, list[str]] = {}
    for each in suggestions.suggest(THEMES, text, language):
        by_field.setdefault(each.field, []).append(each.value)
    return by_field


def said(text: str, field: str) -> list[tuple[str, ...]]:
    return [each.said for each in suggestions.suggest(THEMES, text, "en") if each.field == field]


def test_every_label_of_both_frameworks_has_a_theme():
    assert list(taxonomy.problems(THEMES.listed)) == []
    assert len(THEMES.listed.qdc) == 32


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('qdc = ["Parking", ', 'qdc = ["Parkng", ', "themes.travel.qdc: 'Parkng'"),
        ('"Parking", "Transport to/ from services", "Service location"]', '"Service location"]',
         "no theme stands for 'Parking'"),
        ("[sentiment]", "[feelings]", "themes.toml: sentiment: field required"),
        ("[themes.food]", "[themes.'food, drink']", "a key has letters"),
        ("lovely @staff", "lovely @stuff", "a phrase cannot be read: 'stuff'"),
        ("language =", "language", "themes.toml: "),
    ],
)  # fmt: skip
def test_a_mistake_in_the_file_is_one_line_that_names_it(tmp_path, old, new, says):
    text = (ROOT / "script" / "themes.toml").read_text()
    assert old in text
    (tmp_path / "themes.toml").write_text(text.replace(old, new))
    with pytest.raises(taxonomy.WrongThemes) as why:
        taxonomy.load(tmp_path)
    assert says in str(why.value)
    assert "\n" not in str(why.value)


def test_a_line_with_a_folder_of_its_own_gets_our_themes(tmp_path):
    assert taxonomy.load(tmp_path).listed == THEMES.listed


def test_a_wrong_file_stops_the_start(environ, sqlite_url, tmp_path):
    from app import create_app

    shutil.copytree(ROOT / "script", tmp_path / "script")
    (tmp_path / "script" / "themes.toml").write_text("language = 1")
    with pytest.raises(taxonomy.WrongThemes):
        create_app(
            {**environ, "DATABASE_URL": sqlite_url, "HEARD_SCRIPT": str(tmp_path / "script")}
        )


@pytest.mark.parametrize(
    ("text", "feeling"),
    [
        ("The nurse was kind", "positive"),
        ("she was not kind at all", "negative"),
        ("kind nurse but a filthy ward", "mixed"),
        ("No complaints, thank you", "positive"),
        ("I couldn't fault them", "positive"),
        ("they were rude and I waited five hours", "negative"),
        ("not clean but kind staff", "mixed"),
        ("she was not rude", None),
        ("I went on Monday", None),
        ("nothing", None),
    ],
)
def test_how_words_sound(text, feeling):
    assert found(text).get("sentiment") == ([feeling] if feeling else None)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("at russells hall hospital", "Russells Hall Hospital"),
        ("the care at Wolverhampton Road Surgery in Dudley", "Wolverhampton Road Surgery"),
        ("at my local hospital", None),
        ("the gp surgery", None),
        ("hospital", None),
        ("the one that my mother and her old friends went to hospital", None),
    ],
)
def test_the_name_of_a_place(text, place):
    assert found(text).get("place") == ([place] if place else None)


def test_the_service_that_is_named_most_and_none_of_two():
    assert found("the ward in the hospital, not my gp")["service"] == ["hospital"]
    assert "service" not in found("my gp and the hospital")


def test_themes_come_with_the_persons_own_words():
    text = "I waited 3 weeks, then waited again. Nobody EXPLAINED it."
    assert found(text)["themes"] == ["waiting", "explained"]
    assert said(text, "themes") == [("waited",), ("EXPLAINED",)]


def test_five_themes_at_most_those_with_the_most_to_show():
    text = (
        "waited waiting delayed. rude unkind attitude. dirty filthy. parking car park. "
        "food meals. medication tablets. explained"
    )
    themes = found(text)["themes"]
    assert themes[:2] == ["manner", "waiting"]
    assert (len(themes), "explained" in themes) == (5, False)


@pytest.mark.parametrize("text", ["", "\n\n", "ممرضة لطيفة", "🙂" * 50, "a" * 5000, "@@ ** ?? |"])
def test_any_words_may_come(text):
    assert found(text) == {}


def test_words_of_another_language_suggest_nothing():
    assert found("the nurse was kind", "pl") == {}


def test_how_often_suggestions_are_taken_can_be_counted():
    rows = [
        (["themes:waiting", "themes:food", "sentiment:negative"], ["themes:waiting"]),
        (["sentiment:positive"], ["sentiment:positive"]),
    ]
    assert suggestions.rates(rows) == {"themes": (1, 2), "sentiment": (1, 2)}
