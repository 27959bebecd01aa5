"""What a check of Twilio's settings says, against an account over real HTTP."""

from dataclasses import replace

import pytest

from practice.recordings import Recording
from practice.sound import silence
from tests.twilio.conftest import NUMBER, ORIGIN, OWNER, said
from workers.setup_compare import Found, Wanted, compare
from workers.setup_http import messaging_origin
from workers.setup_media import judged
from workers.setup_urls import Addresses


def test_an_account_as_the_line_wants_it_has_nothing_wrong(account):
    assert account.wrong() == ""


def test_an_account_as_the_line_wants_it_is_ok(account):
    assert f"{NUMBER}: its calls and texts come to the line" in said("ok", account.check())


@pytest.mark.parametrize(
    ("field", "value", "harm"),
    [
        ("VoiceUrl", "https://demo.twilio.com/welcome", "calls do not reach the line"),
        ("VoiceUrl", "", "calls do not reach the line"),
        ("VoiceMethod", "GET", "calls do not reach the line"),
        ("SmsUrl", f"{ORIGIN}/sms/", "texts do not reach the line"),
        ("SmsMethod", "GET", "texts do not reach the line"),
        ("StatusCallback", "", "hangs up in a menu"),
        ("VoiceFallbackUrl", "", "nobody answers for the line"),
        ("SmsFallbackUrl", f"{ORIGIN}/sms", "not POST"),
        ("VoiceUrl", f"{ORIGIN}/voice?", "bare question mark"),
        ("VoiceUrl", f"{ORIGIN}/vóice", "not plain ASCII"),
        ("SmsUrl", "http://line.example.org/sms", "not POST https"),
        ("TrunkSid", "TK" + "1" * 32, "a SIP trunk takes its calls"),
        ("VoiceApplicationSid", "AP" + "1" * 32, "a TwiML app answers its calls"),
        ("SmsApplicationSid", "AP" + "1" * 32, "a TwiML app takes its texts"),
    ],
)
def test_a_number_that_was_set_otherwise_is_wrong(account, field, value, harm):
    account.set(**{field: value})

    assert harm in account.wrong()


def test_more_patience_behind_a_hash_is_the_same_address(account):
    account.set(VoiceUrl=f"{ORIGIN}/voice#rc=3&rp=all")

    assert account.wrong() == ""


def test_a_service_without_an_inbound_address_throws_texts_away(account):
    account.service()

    assert "EVERY TEXT TO THIS NUMBER IS THROWN AWAY FOR EVER" in account.wrong()


def test_a_service_that_leaves_texts_to_the_number_throws_none_away(account):
    account.service(UseInboundWebhookOnNumber="true")

    assert account.wrong() == ""


def test_in_a_service_that_leaves_texts_to_the_number_the_numbers_address_counts(account):
    account.service(UseInboundWebhookOnNumber="true")
    account.set(SmsUrl="")

    assert "sms_url is empty" in account.wrong()


def test_in_a_service_with_an_address_of_its_own_the_numbers_does_not_count(account):
    account.service(InboundRequestUrl=f"{ORIGIN}/sms", FallbackUrl=f"{ORIGIN}/sms/fallback")
    account.set(SmsUrl="")

    assert account.wrong() == ""


def test_a_service_that_sends_texts_to_somebody_else_is_wrong(account):
    account.service(InboundRequestUrl="https://old.example.org/sms")

    assert "texts do not reach the line" in account.wrong()


def test_a_service_that_tells_nobody_of_lost_texts_is_a_warning(account):
    account.service(UseInboundWebhookOnNumber="true")

    assert "nobody learns of lost texts" in said("warning", account.check())


def test_services_of_other_numbers_are_no_business_of_ours(account):
    account.post("/v1/Services", {"FriendlyName": "Somebody else's"})

    assert account.wrong() == ""


def test_the_trap_is_found_on_the_second_page_of_services(account):
    for number in range(120):
        account.post("/v1/Services", {"FriendlyName": f"Noise {number}"})
    account.service()

    assert "THROWN AWAY" in account.wrong()


def test_a_listed_number_that_the_account_has_not_is_wrong(account):
    assert "+441214960009: line.toml lists it" in account.wrong(account.listing("+441214960009"))


def test_a_number_that_rings_here_but_is_not_listed_is_a_warning(account):
    findings = account.check(account.listing("+441214960009"))

    assert f"{NUMBER}: it rings here, but line.toml does not list it" in said("warning", findings)


def test_what_twilio_usually_answers_must_be_what_line_toml_says(account):
    assert "usually answers STOP, START, HELP" in said("warning", account.check())


def test_nothing_is_said_of_keywords_when_line_toml_agrees(account):
    script = account.listing(NUMBER, answers=("STOP", "START", "HELP"))

    assert "usually answers" not in said("warning", account.check(script))


def test_a_fallback_on_the_lines_own_host_is_a_warning(account):
    assert "on the line's own host" in said("warning", account.check())


def test_media_is_not_checked_before_there_is_a_recording(account):
    assert "not checked: no recording yet" in said("ok", account.check())


def test_media_that_wants_our_token_is_ok(account):
    account.phone.recordings.put(Recording(OWNER[0], "CA" + "1" * 32, silence(1)))

    assert "does not open without our token" in said("ok", account.check())


def test_a_wrong_token_is_one_line_that_says_so(account):
    account.settings = replace(account.settings, twilio_auth_tokens=("another",))

    assert account.wrong().startswith("Twilio: not checked: Twilio answered 401")


def test_a_twilio_that_is_away_is_one_line_that_says_so(account):
    account.elsewhere("http://127.0.0.1:9")

    assert account.wrong() == "Twilio: not checked: Twilio could not be reached (ConnectionError)"


def test_a_line_with_an_open_address_is_refused_at_twilio_itself():
    wanted = Wanted(Addresses("http://line.example.org"), (), frozenset())

    assert "what people say would travel open" in said("wrong", compare(wanted, Found([], [])))


def test_the_practice_phone_may_call_an_open_address():
    wanted = Wanted(Addresses("http://localhost:8000", plain_http=True), (), frozenset())

    assert "PUBLIC_URL" not in said("wrong", compare(wanted, Found([], [])))


def test_an_account_without_a_number_is_wrong():
    wanted = Wanted(Addresses(ORIGIN), (), frozenset())

    assert "nobody can text or ring" in said("wrong", compare(wanted, Found([], [])))


@pytest.mark.parametrize(
    ("status", "level"),
    [
        pytest.param(200, "wrong", id="it plays to anybody"),
        pytest.param(401, "ok", id="it wants our token"),
        pytest.param(404, "ok", id="it was deleted meanwhile"),
    ],
)
def test_what_a_stranger_gets_says_whether_media_are_guarded(status, level):
    assert judged(status).level == level


@pytest.mark.parametrize(
    ("api", "messaging"),
    [
        ("https://api.twilio.com", "https://messaging.twilio.com"),
        ("https://api.dublin.ie1.twilio.com", "https://messaging.dublin.ie1.twilio.com"),
        ("http://localhost:8001", "http://localhost:8001"),
    ],
)
def test_messaging_services_are_asked_for_beside_the_api(api, messaging):
    assert messaging_origin(api) == messaging


def test_a_password_in_an_address_is_not_printed(account):
    account.set(VoiceUrl="https://desk:hunter2@old.example.org/voice")  # pragma: allowlist secret

    assert "hunter2" not in account.run("check").output
