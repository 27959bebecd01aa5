"""Who may import whom: the table of docs (house), held true over every module."""

import ast
import sys
from graphlib import TopologicalSorter
from pathlib import Path

import pytest

from tests.conftest import ROOT

ROOMS = ["handlers", "dialogue", "triage", "store", "speech", "commands", "workers", "practice"]
FILES = ["addresses.py", "app.py", "config.py", "hours.py", "tiers.py", "values.py"]

MAY_IMPORT = {
    "app": {"config", "hours", "tiers", "handlers", "dialogue", "triage", "store", "commands"},
    "addresses": set(),
    "config": {"addresses", "values"},
    "values": set(),
    "hours": set(),
    "tiers": set(),
    "handlers": {"config", "hours", "tiers", "dialogue", "triage", "store"},
    "workers": {"config", "hours", "tiers", "dialogue", "triage", "store", "speech"},
    "dialogue": {"hours", "tiers", "store"},
    "triage": {"hours", "tiers", "store"},
    "store": {"tiers"},
    "speech": set(),
    "commands": {"config", "hours", "tiers", "dialogue", "triage", "store", "speech", "workers"},
    "practice": set(),
}

# Third parties that one corner of the house keeps to itself.
ONLY_IN = {
    "flask": ("app.py", "handlers/", "practice/", "commands/__init__.py"),
    "werkzeug": ("handlers/", "practice/"),
    "twilio": ("handlers/twiml.py", "handlers/signature.py"),
    "click": ("commands/",),
    "vosk": ("speech/transcriber.py",),
    "rq": ("store/queue.py", "workers/"),
    "redis": ("store/queue.py", "workers/"),
}


def modules():
    """Every module of ours, as its path. How the demo model is made is a tool, not a room."""
    found = [ROOT / name for name in FILES]
    for room in ROOMS:
        found += sorted((ROOT / room).rglob("*.py"))
    return [path for path in found if "recipe" not in path.parts]


def named(path):
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def imports(path):
    """Each module that a file imports, wherever in it the import stands."""
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield from (node.module, *(f"{node.module}.{alias.name}" for alias in node.names))


def top(name):
    return name.split(".")[0]


OURS = {*ROOMS, "addresses", "app", "config", "hours", "tiers", "values"}
MODULES = {named(path): path for path in modules()}
IDS = [str(path.relative_to(ROOT)) for path in modules()]


@pytest.mark.parametrize("path", modules(), ids=IDS)
def test_imports_point_down(path):
    room = top(named(path))
    wanted = {top(name) for name in imports(path)} & OURS - {room}
    allowed = set(MAY_IMPORT[room])
    if room == "dialogue" and not path.stem.endswith(("intake", "items")):
        allowed -= {"store"}  # the conversation itself is pure

    assert wanted <= allowed


@pytest.mark.parametrize("path", modules(), ids=IDS)
def test_third_parties_stay_in_their_corner(path):
    where = str(path.relative_to(ROOT))
    strays = {
        top(name)
        for name in imports(path)
        for party, corners in ONLY_IN.items()
        if top(name) == party or top(name).startswith(f"{party}_")
        if not where.startswith(corners)
    }

    assert strays == set()


def test_no_corner_is_kept_for_a_third_party_that_it_does_not_use():
    used = {(str(path.relative_to(ROOT)), top(n)) for path in modules() for n in imports(path)}
    empty = {
        (corner, party)
        for party, corners in ONLY_IN.items()
        for corner in corners
        if not any(where.startswith(corner) and party == name for where, name in used)
    }

    assert empty == set()


def test_commands_know_flask_only_to_be_hung_up():
    wanted = {n for n in imports(ROOT / "commands" / "__init__.py") if top(n) == "flask"}

    assert wanted == {"flask.cli", "flask.cli.AppGroup"}


def test_nothing_imports_the_app():
    assert [name for name, path in MODULES.items() if "app" in map(top, imports(path))] == []


def at_the_top(path):
    """What is loaded with a module: the imports that stand outside every function."""
    tree = ast.parse(path.read_text())
    inside = {
        id(part)
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
        for part in ast.walk(node)
        if part is not node
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Import) and id(node) not in inside:
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and id(node) not in inside:
            yield from (node.module, *(f"{node.module}.{alias.name}" for alias in node.names))


def test_only_commands_are_imported_late():
    """An import inside a function hides a circle; commands are the exception, to load nothing."""
    late = {
        name
        for name, path in MODULES.items()
        if {top(n) for n in imports(path)} & OURS and set(at_the_top(path)) != set(imports(path))
    }

    assert late - {"app", "commands"} == set()


def test_no_two_modules_stand_in_a_circle():
    graph = {
        name: {wanted for wanted in at_the_top(path) if wanted in MODULES and wanted != name}
        for name, path in MODULES.items()
    }

    TopologicalSorter(graph).prepare()  # raises CycleError, which names the circle


def test_the_web_process_loads_no_speech():
    """Lazily imported commands stay out, so Vosk does too."""
    seen, wanted = set(), ["app"]
    while wanted:
        name = wanted.pop()
        if name in seen or name not in MODULES:
            continue
        seen.add(name)
        wanted += at_the_top(MODULES[name])

    assert "dialogue.intake" in seen
    assert {top(name) for name in seen} & {"speech", "workers", "commands", "practice"} == set()


def test_no_file_of_ours_hides_one_of_pythons():
    roots = {path.stem for path in ROOT.glob("*.py")} | {
        p.name for p in Path(ROOT).iterdir() if p.is_dir()
    }

    assert roots & (set(sys.stdlib_module_names) - {"test"}) == set()


@pytest.mark.parametrize("path", modules(), ids=IDS)
def test_every_import_names_its_module_whole(path):
    tree = ast.parse(path.read_text())

    assert not [n for n in ast.walk(tree) if isinstance(n, ast.ImportFrom) and n.level]
