"""`twilio check` and `twilio setup` at the command line, with somebody who may say no."""

from tests.conftest import ROOT
from tests.twilio.conftest import ORIGIN
from workers.setup_bundle import bundle


def test_check_exits_0_on_an_account_as_the_line_wants_it(account):
    assert account.run("check").exit_code == 0


def test_check_exits_1_when_texts_are_thrown_away(account):
    account.service()

    assert account.run("check").exit_code == 1


def test_check_changes_nothing(account):
    account.set(VoiceUrl="https://old.example.org/voice")

    account.run("check")

    assert account.number()["voice_url"] == "https://old.example.org/voice"


def test_setup_changes_nothing_when_the_answer_is_no(account):
    account.set(VoiceUrl="https://old.example.org/voice")

    done = account.run("setup", answer="n\n")

    assert account.number()["voice_url"] == "https://old.example.org/voice"
    assert "Nothing was changed." in done.output


def test_setup_shows_what_it_would_set_before_it_asks(account):
    account.set(VoiceUrl="https://old.example.org/voice")

    done = account.run("setup", answer="n\n")

    shown, asked = done.output.split("Set this at Twilio now?")
    assert f"VoiceUrl = {ORIGIN}/voice" in shown
    assert "VoiceUrl" not in asked


def test_setup_sets_a_number_right(account):
    account.set(VoiceUrl="https://old.example.org/voice", SmsMethod="GET", TrunkSid="TK1")

    done = account.run("setup", answer="y\n")

    assert (done.exit_code, account.wrong()) == (0, "")


def test_setup_mends_the_service_that_throws_texts_away(account):
    path = account.service()

    account.run("setup", "--yes")

    assert account.look(path)["inbound_request_url"] == f"{ORIGIN}/sms"


def test_after_setup_there_is_nothing_left_to_set(account):
    account.service()
    account.run("setup", "--yes")

    assert "nothing here that this command could set" in account.run("setup").output


def test_setup_names_the_static_answers_on_another_host(account, other_host, tmp_path):
    account.run("bundle", str(tmp_path / "static"))

    done = account.run("setup", "--yes", "--fallback", other_host)

    number = account.number()
    assert number["voice_fallback_url"] == f"{other_host}/voice.xml"
    assert (number["voice_fallback_method"], number["voice_method"]) == ("GET", "POST")
    assert f"{other_host}/voice.xml: the static answers are there" in done.output


def test_a_fallback_that_answers_nothing_is_wrong(account, other_host):
    account.set(VoiceFallbackUrl=f"{other_host}/voice.xml")

    assert "nobody answers for the line" in account.wrong()


def test_a_fallback_with_other_words_than_the_line_is_a_warning(account, other_host, tmp_path):
    account.set(SmsFallbackUrl=f"{other_host}/sms.xml")
    (tmp_path / "static" / "sms.xml").write_text("<Response/>")

    assert "warning" in next(
        line for line in account.run("check").output.splitlines() if "other words" in line
    )


def test_a_fallback_with_a_bare_question_mark_is_refused(account):
    done = account.run("setup", "--yes", "--fallback", "https://other.example.org/?")

    assert "--fallback: https://other.example.org/?: it ends in a bare question mark" in done.output
    assert account.number()["voice_fallback_url"] == f"{ORIGIN}/voice/fallback"


def test_the_bundle_in_the_docs_says_what_the_script_says(account):
    # It differs? flask --app app twilio bundle docs/fallback, with the PUBLIC_URL of the tests.
    kept = {file.name: file.read_bytes() for file in (ROOT / "docs" / "fallback").iterdir()}

    assert kept == bundle(account.script, ORIGIN)
