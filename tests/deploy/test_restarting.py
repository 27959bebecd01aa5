"""The web process as it is deployed: behind nginx, and restarted while people text and ring."""

import http.client
import itertools
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from urllib.parse import urlencode

from deploy import load
from handlers.taking import LONGEST
from tests.conftest import ENVIRON, ROOT
from tests.deploy.conftest import PROGRAM

TWILIO_WAITS = 15.0
# A test run in the background hands on that this signal is to be ignored.
HEARS_CTRL_C = """
import runpy, signal
signal.signal(signal.SIGINT, signal.default_int_handler)
runpy.run_path("deploy/load.py", run_name="__main__")
"""

ACCOUNT, TOKEN = ENVIRON["TWILIO_ACCOUNT_SID"], ENVIRON["TWILIO_AUTH_TOKEN"]


def post(port: int, path: str, signed_as: str, fields: dict[str, str]) -> tuple[int, str]:
    """A webhook to a raw path, signed for another."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=30)
    signature = load.sign(ENVIRON["PUBLIC_URL"] + signed_as, fields, TOKEN)
    headers = {
        "Content-Type": "application/x-www-form-urlencoded",
        "X-Twilio-Signature": signature,
    }
    connection.request("POST", path, urlencode(fields), headers)
    answer = connection.getresponse()
    said = answer.read().decode()
    connection.close()
    return answer.status, said


def call(sid: str) -> dict[str, str]:
    both = {"From": "+447700900123", "To": "+441214960000"}
    return {"AccountSid": ACCOUNT, "CallSid": sid, "CallStatus": "in-progress", **both}


def test_through_nginx_the_raw_address_arrives_as_it_was_signed(nginx):
    for number, path in enumerate(
        (
            "/voice/1%27",
            "/voice/a%2Bb",
            "/voice/x%20y?z=%27+%2B",
            "/voice/%C3%A9//2",
            "/voice/1%2F2",
        )
    ):
        status, said = post(nginx, path, path, call(f"CA{number:032x}"))

        assert (status, "<Response>" in said) == (200, True), path


def test_through_nginx_an_address_that_was_changed_on_the_way_is_refused(nginx):
    status, said = post(nginx, "/voice/1'", "/voice/1%27", call("CA" + "f" * 32))

    assert (status, said) == (403, "")


def test_of_several_hosts_one_that_hangs_costs_no_caller_their_answer(nginx_of_several):
    began = time.monotonic()
    status, said = post(nginx_of_several, "/voice", "/voice", call("CA5" + "0" * 31))

    assert (status, "<Gather" in said) == (200, True)
    assert LONGEST < time.monotonic() - began < TWILIO_WAITS  # it was sent to that one first


def test_what_is_sent_at_the_desk_goes_to_no_second_host(nginx_of_several, hanging):
    def take_and_drop() -> None:
        host, _ = hanging.accept()
        host.recv(65536)
        host.close()

    dropping = threading.Thread(target=take_and_drop)
    dropping.start()
    status, _ = post(nginx_of_several, "/sign-in", "/sign-in", {"name": "somebody"})
    dropping.join(30)

    assert status == 502


def test_nginx_takes_the_site_as_it_is_shipped(site):
    tried = subprocess.run([PROGRAM, "-t", "-c", site], capture_output=True, text=True)

    assert tried.returncode == 0, tried.stderr


def test_nginx_leaves_time_for_another_host_and_for_the_spool():
    ours = (ROOT / "deploy/nginx/heard-proxy.conf").read_text()
    again = float(re.search(r"proxy_next_upstream_timeout (\d+)s", ours)[1])
    said = (ROOT / "docs/deploying.md").read_text()
    patience = float(re.search(r"sed -i .*s/14s/(\d+)ms/", said)[1]) / 1000

    assert patience > LONGEST
    assert again + patience < TWILIO_WAITS
    assert patience < again


def while_people_ring(port: int, restart: Callable[[], None]) -> list[tuple[int, str]]:
    """What callers heard, one after the other, from before a restart until after it."""
    answered: list[tuple[int, str]] = []
    over = threading.Event()

    def ring() -> None:
        numbers = itertools.count()
        while not over.is_set() or len(answered) < 60:
            answered.append(post(port, "/voice", "/voice", call(f"CAa{next(numbers):031d}")))

    ringing = threading.Thread(target=ring)
    ringing.start()
    while len(answered) < 5:
        time.sleep(0.01)
    restart()
    over.set()
    ringing.join(60)
    return answered


def test_a_restart_under_load_fails_no_webhook(web):
    answered = while_people_ring(web.port, web.restart)

    assert {status for status, _ in answered} == {200}
    assert all("<Gather" in said for _, said in answered)


def test_a_restart_of_one_host_after_the_other_fails_no_webhook(nginx_of_two, two_hosts):
    answered = while_people_ring(nginx_of_two, lambda: [host.restart() for host in two_hosts])

    assert {status for status, _ in answered} == {200}
    assert all("<Gather" in said for _, said in answered)


def run_load(origin: str, *more: str) -> subprocess.CompletedProcess[str]:
    words = [origin, "--account", ACCOUNT, "--rate", "20", "--seconds", "1", *more]
    return subprocess.run(
        [sys.executable, "deploy/load.py", *words],
        cwd=ROOT,
        env={**os.environ, "TWILIO_AUTH_TOKEN": TOKEN},
        capture_output=True,
        text=True,
        timeout=60,
    )


def test_the_load_test_sends_nothing_to_a_line_that_nobody_said_is_staging(web):
    ran = run_load(f"http://127.0.0.1:{web.port}")

    assert ran.returncode == 1
    assert "--yes-this-is-my-staging" in ran.stderr
    assert ran.stdout == ""


def test_the_load_test_ends_at_once_when_it_is_broken_off(hanging):
    origin = f"http://127.0.0.1:{hanging.getsockname()[1]}"
    words = [origin, "--account", ACCOUNT, "--seconds", "60", "--yes-this-is-my-staging"]
    running = subprocess.Popen(
        [sys.executable, "-c", HEARS_CTRL_C, *words],
        cwd=ROOT,
        env={**os.environ, "TWILIO_AUTH_TOKEN": TOKEN},
        stderr=subprocess.PIPE,
        text=True,
    )
    hanging.accept()[0].close()  # it is under way
    running.send_signal(signal.SIGINT)

    assert running.communicate(timeout=10)[1] == "broken off\n"
    assert running.returncode == 1


def test_the_load_test_says_when_webhooks_are_refused(web):
    # PUBLIC_URL of this line is another: every signature is wrong.
    ran = run_load(f"http://127.0.0.1:{web.port}", "--yes-this-is-my-staging")

    assert ran.returncode == 1
    assert "403 to /sms" in ran.stderr
