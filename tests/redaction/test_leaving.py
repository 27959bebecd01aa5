"""Every way out: secrets wherever people write; each page a reader may open; copies; exports."""

import json

import pytest

from commands.export import export
from commands.redact import redact
from handlers.desk.may import MAY
from store.models import Heard, Recording
from store.staff import Note, Role
from tests.conftest import ROOT
from tests.desk.conftest import NOW, seated
from tests.desk.test_search import index

SAID = "Nurse Agnieszka was kind, ring 07700 900123"
SPOKEN = "my name is gwenllian pritchard i live at fourteen acacia road"
SECRETS = (
    "agnieszka", "900123", "wojciechowski", "hargreaves", "parveen", "gwenllian", "pritchard",
    "acacia", "okonkwo", "zbigniew", "mukherjee", "bronagh", "dympna",
)  # fmt: skip


@pytest.fixture
def item(desk):
    """An item with a secret in every place where people write words, and one that was said."""
    item = desk.item(
        SAID, "no wait it was Dr Okonkwo", tier="R3", place="Dr Hargreaves, Dudley",
        provider="Sister Bronagh's ward", happened="when Mrs Dympna Foley came",
    )  # fmt: skip
    desk.add(Note(feedback_id=item.id, by="Sam", at=NOW, body="Mrs Wojciechowski rang"))
    triager = seated(desk, name="Tess")
    for seen, after, reason in (
        ("new", "waiting", "for Mrs Parveen"),
        ("waiting", "in_progress", "Zbigniew rang back"),
    ):
        triager.post(f"/feedback/{item.reference}/moves", seen=seen, after=after, reason=reason)
    triager.post(
        f"/feedback/{item.reference}/tier",
        tier_seen="R3",
        tier="R2",
        tier_reason="Miss Mukherjee is ill",
    )
    spoken, _ = desk.voice(SPOKEN)
    index(desk, item, spoken)
    return item, spoken


def pages(desk, *items):
    """Every address that a reader may open, with each item's own, and searches."""
    adapter = desk.line.app.url_map.bind("line.example.org")
    for rule in desk.line.app.url_map.iter_rules():
        if "GET" not in rule.methods or Role.READER not in MAY.get(rule.endpoint, ()):
            continue
        for one in items if "given" in rule.arguments else items[:1]:
            given = "month" if rule.endpoint == "desk.figures_csv" else one.reference
            values = {"given": given, "number": 1, "name": "x", "show": 1, "q": "kind OR road"}
            yield adapter.build(rule.endpoint, values)
    yield from (
        "/live?since=0",
        "/?need=urgent",
        "/?need=finished",
        "/search?q=nurse",
        "/search?q=name",
    )


def test_no_page_that_a_reader_may_open_shows_a_secret(desk, seat, item):
    reader = seat(Role.READER, "Rae")
    shown = {path: reader.get(path) for path in pages(desk, *item)}
    assert {
        path: a.status_code for path, a in shown.items() if a.status_code not in (200, 302)
    } == {}
    leaks = [
        (path, secret)
        for path, answer in shown.items()
        for secret in SECRETS
        if secret in (answer.text + str(answer.headers)).lower()
    ]
    assert leaks == []
    assert sum("[name removed]" in answer.text for answer in shown.values()) >= 2


def test_who_works_on_it_would_have_seen_every_secret(desk, seat, item):
    worker = seat(Role.TRIAGER, "Tom")
    seen = "".join(worker.get(f"/feedback/{one.reference}?show=1").text for one in item).lower()
    assert [secret for secret in SECRETS if secret not in seen] == []


@pytest.fixture
def welsh(monkeypatch, tmp_path):
    """A line whose first language is Welsh, with lists of its own: the English ones, but for a word
    that shows which were used."""
    for file in (ROOT / "script").glob("*.*"):
        text = file.read_text().replace('languages = ["en"]', 'languages = ["cy"]')
        shown = text.replace("[name removed]", "[enw]")
        (tmp_path / file.name.replace("en.", "cy.")).write_text(shown)
    monkeypatch.setenv("HEARD_SCRIPT", str(tmp_path))


def test_what_leaves_by_a_command_goes_by_the_lists_of_the_lines_own_language(
    run, sqlite_line, welsh
):
    sqlite_line.text("Dr Patel was kind")
    assert "Dr [enw] was kind" in run(export, "--redacted").stdout
    assert run(redact, given=b"Dr Patel was kind").stdout == "Dr [enw] was kind\n"


def test_an_export_that_is_redacted_holds_no_secret(run, sqlite_line):
    sqlite_line.text(SAID)
    left = run(export, "--redacted").stdout
    assert [secret for secret in SECRETS if secret in left.lower()] == []
    assert json.loads(left)["words"].startswith("Nurse [name removed] was kind")


def test_a_number_that_begins_in_one_text_and_ends_in_the_next_is_gone_from_both(desk, seat):
    item = desk.item("my number is 07700", "900123 ring after five")
    page = seat(Role.READER).get(f"/feedback/{item.reference}").text
    assert "07700" not in page
    assert "900123" not in page
    assert "ring after five" in page


def test_the_copy_for_a_provider_is_offered_without_secrets(desk, seat, item):
    page = seat(Role.LEAD, "Lee").get(f"/feedback/{item[0].reference}/copy?show=1").text.lower()
    offered = page.partition("<textarea")[2].partition("</textarea>")[0]
    assert "[name removed]" in offered
    assert [secret for secret in SECRETS if secret in offered] == []


@pytest.mark.parametrize("shape", ["jsonl", "csv"])
def test_a_redacted_export_of_all_that_was_planted_holds_no_secret(run, desk, item, shape):
    left = run(export, "--redacted", "--format", shape)
    assert left.exit_code == 0, left.output
    assert [secret for secret in SECRETS if secret in left.stdout.lower()] == []
    assert left.stdout.count("[name removed]") >= 3
    assert [secret for secret in ("gwenllian", "acacia") if secret not in run(export).stdout] == []


def test_a_number_said_in_two_recordings_leaves_with_neither(run, desk):
    item, first = desk.voice("you can ring me on oh double seven double oh")
    second = Recording(
        feedback_id=item.id, sid="RE" + "f" * 32, call_sid=first.call_sid, received_at=NOW,
        language="en", state=Heard.WORDS, attempts=1,
    )  # fmt: skip
    second.transcripts = [desk.transcript("nine double oh one two three after five")]
    desk.add(second)
    (left,) = map(json.loads, run(export, "--redacted").stdout.splitlines())
    assert [take["transcript"]["text"] for take in left["recordings"]] == [
        "you can ring me on [phone number removed]",
        "[phone number removed] after five",
    ]
    assert left["words"] == "you can ring me on [phone number removed] after five"


@pytest.mark.parametrize(
    ("provider", "leaves"),
    [
        ("Mrs Dympna Foley's home", {"id": None, "name": "Mrs [name removed]'s home"}),
        (
            "Dr Hargreaves Surgery, Dudley (1-123)",
            {"id": "1-123", "name": "Dr Hargreaves Surgery, Dudley"},
        ),
    ],
)
def test_a_place_of_the_directory_leaves_by_its_name_and_what_was_typed_redacted(
    run, desk, provider, leaves
):
    desk.item("The ward was clean", provider=provider, provider_id=leaves["id"])
    assert json.loads(run(export, "--redacted").stdout)["provider"] == leaves


def test_praise_is_offered_without_secrets(desk, seat):
    told = {"sentiment": "positive", "service": "hospital", "coded_at": NOW, "place": "Dudley"}
    desk.item(SAID, "ring 07700", "900124 for Mrs Parveen", **told)
    page = seat().get("/praise").text.lower()
    offered = page.partition("<textarea")[2].partition("</textarea>")[0]
    assert "nurse [name removed] was kind" in offered
    assert [secret for secret in (*SECRETS, "07700", "900124") if secret in offered] == []


def test_no_table_of_the_figures_holds_a_secret(desk, seat):
    told = {"service": "hospital", "place": "Dr Hargreaves, Dudley", "themes": ["food"]}
    for _ in range(12):
        desk.item(SAID, provider="Sister Bronagh's ward", happened="with Mrs Foley", **told)
    lead = seat(Role.LEAD, "Lee")
    page = lead.get("/figures").text
    tables = {part.partition(".csv")[0] for part in page.split('href="/figures/')[1:]}
    shown = [lead.get(f"/figures/{table}.csv") for table in tables]
    assert {answer.status_code for answer in shown} == {200}
    left = (page + "".join(answer.text for answer in shown)).lower()
    assert "12" in left
    assert [secret for secret in (*SECRETS, "foley") if secret in left] == []
