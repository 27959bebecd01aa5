"""Twilio's REST API in all its moods: each failure has a name, and none is taken for a voice."""

import io
import time

import numpy as np
import pytest
import soundfile

from tests.workers.parts import Twilio, says, spoken
from workers.carrier import MOST_BYTES, Carrier, NotThereYet, TwilioAway

SID = "RE" + "1" * 32
SOUND = spoken("the nurse was kind")


@pytest.fixture
def carrier(twilio: Twilio) -> Carrier:
    twilio.sounds[SID] = SOUND
    return Carrier("AC" + "0" * 32, "token", twilio.url)


def test_the_audio_is_asked_for_by_its_sid_with_the_accounts_name(carrier, twilio):
    assert carrier.audio(SID) == SOUND
    assert twilio.asked == [f"GET /2010-04-01/Accounts/AC{'0' * 32}/Recordings/{SID}.wav"]


def test_a_recording_that_is_not_there_has_a_name_of_its_own(carrier):
    with pytest.raises(NotThereYet):
        carrier.audio("RE" + "2" * 32)


def drip(request):
    says(200, b"RIFF", Content_Length="99")(request)
    time.sleep(2)


def endless(request):
    says(200, b"RIFF", Content_Length=str(10**12))(request)
    while True:
        request.wfile.write(b"0" * 1_000_000)


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        pytest.param(says(500), "Twilio answered 500", id="server error"),
        pytest.param(says(401), "Twilio answered 401", id="wrong token"),
        pytest.param(says(429), "Twilio answered 429", id="too many requests"),
        pytest.param(says(200, b"<html>Sorry"), "not a sound file", id="a web page"),
        pytest.param(says(200, b'{"code": 20404}'), "not a sound file", id="JSON"),
        pytest.param(says(200), "not a sound file", id="nothing"),
        pytest.param(says(200, SOUND[:999], Content_Length="5000"), "broke off", id="truncated"),
        pytest.param(lambda request: request.connection.close(), "could not be", id="hung up"),
    ],
)
def test_an_answer_that_is_no_recording_is_told_and_not_kept(carrier, twilio, answer, told):
    twilio.oddly.append(answer)
    with pytest.raises(TwilioAway, match=told):
        carrier.audio(SID)


@pytest.mark.parametrize("rate", [8_000, 16_000, 44_100])
def test_an_mp3_of_any_rate_is_sound(carrier, twilio, rate):
    kept = io.BytesIO()
    soundfile.write(kept, np.zeros(rate), rate, format="MP3")
    twilio.sounds[SID] = kept.getvalue()
    assert carrier.audio(SID) == kept.getvalue()


def test_a_redirect_is_not_followed_wherever_it_leads(carrier, twilio):
    twilio.oddly.append(says(302, Location=f"{twilio.url}/elsewhere/{SID}.wav"))
    with pytest.raises(TwilioAway, match="302"):
        carrier.audio(SID)
    assert len(twilio.asked) == 1


def test_a_body_without_an_end_is_cut_off(carrier, twilio):
    twilio.oddly.append(endless)
    with pytest.raises(TwilioAway, match="larger than any voicemail"):
        carrier.audio(SID)
    assert MOST_BYTES < 100_000_000


def test_a_twilio_that_says_nothing_is_given_up(twilio):
    hasty = Carrier("AC" + "0" * 32, "token", twilio.url, read=0.2)
    twilio.oddly.append(drip)
    with pytest.raises(TwilioAway, match="broke off"):
        hasty.audio(SID)


def test_a_body_that_drips_for_ever_is_given_up(twilio):
    hasty = Carrier("AC" + "0" * 32, "token", twilio.url, longest=0.3)

    def drips(request):
        says(200, b"RIFF", Content_Length="9999")(request)
        for _ in range(40):
            request.wfile.write(b"0")
            time.sleep(0.05)

    twilio.oddly.append(drips)
    with pytest.raises(TwilioAway, match="took longer"):
        hasty.audio(SID)


def test_a_twilio_that_is_not_there_is_told():
    nobody = Carrier("AC" + "0" * 32, "token", "http://127.0.0.1:9")
    with pytest.raises(TwilioAway, match="could not be reached"):
        nobody.audio(SID)


def test_one_connection_serves_a_recordings_whole_way(carrier, twilio):
    carrier.audio(SID)
    assert carrier.has("Recordings", SID)
    carrier.delete("Recordings", SID)
    carrier.delete("Recordings", "RE" + "2" * 32)
    assert twilio.connections == 1


def test_deleting_twice_is_no_error(carrier, twilio):
    carrier.delete("Recordings", SID)
    carrier.delete("Recordings", SID)
    assert twilio.sounds == {}


def test_a_deletion_that_twilio_refuses_is_told(carrier, twilio):
    twilio.oddly.append(says(409))
    with pytest.raises(TwilioAway, match="409"):
        carrier.delete("Recordings", SID)
