"""What `make check` holds beside the code: no secret in a file, no part with a known hole."""

import re

import pytest

from tests.audit import read, verdict
from tests.conftest import ROOT
from tests.leaks import found

GOOD = {"name": "good", "version": "1", "vulns": []}
HOLED = {"name": "holed", "version": "1", "vulns": [{"id": "PYSEC-1", "fix_versions": ["2"]}]}
MISSED = {"name": "missed", "skip_reason": "not found"}


@pytest.mark.parametrize(
    "secret",
    [
        'KEY = "AKIA' + 'QYLPMN5HHHFPZAM2"',
        "-----BEGIN RSA " + "PRIVATE KEY-----",
        'URL = "https://desk:' + 'hunter2@example.org"',
        'TOKEN = "f3a9c1d27be84650' + '9d1e7a6c0b8f2e43"',
    ],
    ids=["cloud key", "private key", "password in an address", "random token"],
)
def test_a_secret_in_a_file_is_found(tmp_path, capsys, secret):
    path = tmp_path / "settings.py"
    path.write_text(f'harmless = "the ward was clean"\n{secret}\n')
    assert found(str(path))
    assert f"{path}:2" in capsys.readouterr().out


def test_harmless_words_are_no_secret(tmp_path):
    path = tmp_path / "notes.py"
    path.write_text('harmless = "the ward was clean"\nmore = "K7RW-3X2"\n')
    assert not found(str(path))


@pytest.mark.parametrize(
    ("parts", "code", "words"),
    [
        ([GOOD], 0, "audit: 1 of 1 parts compared with the advisories"),
        ([GOOD, HOLED], 1, "holed 1: PYSEC-1, mended in 2"),
        ([GOOD, MISSED], 0, "1 of 2 parts compared with the advisories; NOT CHECKED: missed"),
        ([HOLED, MISSED], 1, "NOT CHECKED: missed"),
        ([MISSED, MISSED], 0, "NOT CHECKED, no part at all: the advisories were not reached (not"),
        ([], 0, "NOT CHECKED, no part at all"),
    ],
    ids=["all well", "a hole", "one missed", "both", "all missed", "no answer"],
)
def test_the_audit_says_what_it_found_and_what_it_did_not_check(parts, code, words):
    ended, said = verdict(parts, "ConnectionError: no route")
    assert ended == code
    assert words in said


def test_a_tool_that_ended_without_an_answer_is_no_all_clear():
    assert read("") == []
    assert "no route" in verdict(read(""), "Traceback\nConnectionError: no route")[1]


def test_every_test_that_the_threats_name_is_there():
    named = set(re.findall(r"`(test_\w+)`", (ROOT / "docs" / "threats.md").read_text()))
    written = {
        name
        for path in (ROOT / "tests").rglob("test_*.py")
        for name in re.findall(r"^def (test_\w+)", path.read_text(), re.MULTILINE)
    }
    assert len(named) > 30
    assert named - written == set()
