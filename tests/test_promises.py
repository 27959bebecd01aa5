"""Promises that no type checker sees: what is written in one place holds in another."""

import ast
import importlib
import re

import pytest
from sqlalchemy import JSON, Enum, LargeBinary, String, select

from commands import Lazily
from dialogue.urgent_texting import ALONE
from store import queue
from store.arrival_rows import Conversation
from store.columns import Base
from store.models import Heard, Recording
from store.recordings_due import UNFINISHED
from tests.conftest import ROOT
from tests.dialogue.doorstep import SCRIPT

ENDS = {Heard.WORDS, Heard.NO_SPEECH, Heard.UNCLEAR, Heard.FAILED}


def strings(path):
    """Every literal string in a module, docstrings too."""
    return {
        node.value
        for node in ast.walk(ast.parse((ROOT / path).read_text()))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


SETTINGS = sorted(
    s
    for s in strings("config.py")
    if re.fullmatch(r"[A-Z][A-Z]+(_[A-Z]+)*", s) and s != "HEARD_GENERATED"
)
SAID_BY_THE_LINE = {
    s
    for folder in ("dialogue", "handlers", "workers")
    for path in (ROOT / folder).glob("*.py")
    for s in strings(path.relative_to(ROOT))
}


def test_the_settings_are_found():
    assert {"DATABASE_URL", "PORT", "TWILIO_AUTH_TOKEN_OLD", "VOSK_MODEL_PATH"} <= set(SETTINGS)


@pytest.mark.parametrize("name", SETTINGS)
def test_every_setting_is_in_the_readme(name):
    assert re.search(rf"\b{name}\b", (ROOT / "README.md").read_text())


def options(named, command):
    """Each option of a command and of those under it, with the name it is called by."""
    for under in getattr(command, "list_commands", lambda _: [])(None):
        yield from options(f"{named} {under}".strip(), command.get_command(None, under))
    yield from ((named, it.opts[0]) for it in command.params if it.opts[0].startswith("--"))


def test_every_option_of_a_command_is_on_a_page():
    pages = [ROOT / "README.md", *(ROOT / "docs").glob("*.md")]
    lines = [line for page in pages for line in page.read_text().splitlines()]
    untold = [
        f"{named} {option}"
        for command in Lazily().names
        for named, option in options(command, Lazily().get_command(None, command))
        if not any(named in line and re.search(rf"`[^`]*{option}\b", line) for line in lines)
    ]

    assert untold == []


# --- the words


@pytest.mark.parametrize("language", SCRIPT.line.languages)
@pytest.mark.parametrize("kind", ["texts", "voice"])
def test_every_phrase_is_said_somewhere(language, kind):
    phrases = {key for key, _ in getattr(SCRIPT.words[language], kind)}
    composed = {word for word, _ in SCRIPT.words[language].keywords} - {"new"}
    composed |= {f"{q}_{option}" for q in ("contact", "safe") for option in SCRIPT.order(q)}
    composed |= {f"{phrase}_child" for phrase in ALONE}

    assert phrases - SAID_BY_THE_LINE - composed == set()


def test_every_number_of_a_help_line_that_is_said_has_a_checked_date():
    names = set(re.findall(r"\{(\w+)\}", (ROOT / "script" / "en.toml").read_text()))
    known = {"ref", "note", "said", "question", "options", "key", "spelled"}
    known |= set(SCRIPT.known("en"))

    assert names - known == set()
    assert set(SCRIPT.line.help_lines) <= names


# --- the queue


@pytest.mark.parametrize(
    "job", [value for value in vars(queue).values() if str(value).startswith("workers.")]
)
def test_every_job_that_is_rung_for_can_be_found(job):
    module, name = job.rsplit(".", 1)

    assert module == "workers.jobs"
    assert callable(getattr(importlib.import_module(module), name))


@pytest.mark.parametrize("state", Heard)
def test_every_state_of_a_recording_is_swept_or_an_end(state):
    assert (state in UNFINISHED) != (state in ENDS)


def test_a_take_that_was_just_kept_is_due(sqlite_line):
    call = sqlite_line.ring()
    call.press("0")
    call.speak()

    with sqlite_line.house.database.reading() as session:
        assert all(take.due_at for take in session.scalars(select(Recording)))
        assert all(talk.closes_at for talk in session.scalars(select(Conversation)))


# --- what a browser fills in by itself


ASKS_WHO_IT_IS = {"factor_new", "password", "sign_in", "sign_in_code", "sure"}
FILLED_IN_BY_A_PERSON = r'<select|<textarea|<input(?![^>]*type="hidden")'


def with_its_parts(page):
    """A template with what it includes."""
    taken_in = r'{% include "(.*?)" %}'
    words = (ROOT / "templates" / page).read_text()
    return re.sub(taken_in, lambda found: with_its_parts(found[1]), words)


@pytest.mark.parametrize(
    "page", sorted((ROOT / "templates/desk").glob("*.html")), ids=lambda page: page.stem
)
def test_after_back_no_browser_fills_in_a_form_of_the_desk(page):
    forms = re.findall(r"(<form[^>]*>)(.*?)</form>", with_its_parts(f"desk/{page.name}"), re.DOTALL)
    filled = [
        opening
        for opening, inside in forms
        if re.search(FILLED_IN_BY_A_PERSON, inside) and 'autocomplete="off"' not in opening
    ]

    # By place among its namesakes, a tick would stand on another item than the one it was put on.
    assert filled == [] or page.stem in ASKS_WHO_IT_IS


# --- people's data


def in_the_data_map():
    """Each (table, column) of docs/privacy.md, as often as it stands there."""
    lines = (ROOT / "docs" / "privacy.md").read_text().split("## Data map")[1].splitlines()
    rows = [line.strip("| ").split(" | ") for line in lines if re.match(r"\| `", line)]
    mapped = [row for row in rows if len(row) == 4]
    return [(row[0].strip("`"), name) for row in mapped for name in re.findall(r"`(\w+)`", row[1])]


def holds_text(column):
    """Whether somebody's words or number could stand in it: a choice from a list cannot."""
    free = isinstance(column.type, String | JSON | LargeBinary)
    return free and not isinstance(column.type, Enum)


def test_somebody_decided_what_an_erasure_does_to_every_column_that_can_hold_text():
    for path in (ROOT / "store").glob("*.py"):
        importlib.import_module(f"store.{path.stem}")  # wherever a table stands
    mapped = in_the_data_map()
    there = {
        (table.name, column.name)
        for table in Base.metadata.tables.values()
        for column in table.columns
        if holds_text(column)
    }

    undecided = sorted(f"{table}.{column}" for table, column in there - set(mapped))
    assert undecided == [], "say in the data map of docs/privacy.md what an erasure does to these"
    assert sorted(set(mapped) - there) == []
    assert len(mapped) == len(set(mapped))


# --- what a machine installs and runs


@pytest.mark.parametrize(
    "name", ["requirements.txt", "requirements-practice.txt", "requirements-dev.txt"]
)
def test_requirements_are_pinned_hashed_and_from_no_index_of_ours(name):
    words = (ROOT / name).read_text()
    entries = re.split(r"\n(?=[a-zA-Z])", words)

    assert not re.search(r"https?://", words)
    assert all("==" in entry and "--hash=sha256:" in entry for entry in entries)
    assert not re.search(r"^\s*--(?!hash)", words, re.MULTILINE)


def test_the_page_of_parts_says_of_each_what_it_is_for_and_of_no_other():
    page = (ROOT / "docs/decisions/0002-parts.md").read_text()
    rows = re.findall(r"^\| ([a-z][^|]*?)(?: \(.*\))? \|", page, re.MULTILINE)
    told = {name for row in rows[1:] for name in row.split(", ")}
    asked = {
        name
        for file in ("requirements.in", "requirements-practice.in")
        for name in re.findall(r"^[a-z][a-z0-9-]*", (ROOT / file).read_text(), re.MULTILINE)
    }

    assert told == asked


def test_the_procfile_has_plain_commands():
    entries = dict(
        line.split(": ", 1) for line in (ROOT / "Procfile").read_text().splitlines() if line
    )

    assert set(entries) == {"release", "web", "worker", "clock"}
    for command in entries.values():
        assert re.fullmatch(r"[a-z]+( [-\w.:]+)*", command)


def test_make_help_names_every_target_that_the_readme_names():
    described = set(re.findall(r"^([a-z]+):.*## ", (ROOT / "Makefile").read_text(), re.MULTILINE))

    assert set(re.findall(r"`make (\w+)", (ROOT / "README.md").read_text())) <= described
    assert {"run", "test", "check", "bench", "help"} <= described


# --- where to begin reading


@pytest.mark.parametrize(
    "room",
    ["dialogue", "handlers", "handlers/desk", "practice", "speech", "store", "triage", "workers"],
)
def test_a_guide_to_a_room_leaves_no_module_out(room):
    guide = ast.get_docstring(ast.parse((ROOT / room / "__init__.py").read_text()))
    named = re.findall(r"`([a-z0-9_]+)[`.]|^    ([a-z_]+)  ", guide, re.MULTILINE)
    begins = tuple(ticked or listed for ticked, listed in named)
    modules = {path.stem for path in (ROOT / room).glob("*.py")} - {"__init__", "__main__"}

    assert sorted(name for name in modules if not name.startswith(begins)) == []
