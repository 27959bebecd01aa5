"""Settings that cannot be right are named in one line, and what they were is not repeated."""

import pytest

import config
from tests.conftest import ENVIRON

SECRET = "cdSecret"


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("REDIS_URL", f"redis://:aB/{SECRET}@host:6379/0"),
        ("REDIS_URL", f"redis://:12/{SECRET}@host:6379/0"),
        ("REDIS_URL", "redis://host:abc"),
        ("REDIS_URL", "redis://["),
        ("REDIS_URL", "unix://"),
        ("SEALING_KEYS", ","),
        ("SEALING_KEYS", " , "),
        ("PUBLIC_URL", "http://["),
        ("PUBLIC_URL", "http://localhost:abc"),
        ("PUBLIC_URL", "http://localhost:99999"),
        ("PUBLIC_URL", "http://localhost:"),
        ("PUBLIC_URL", "https://a#b"),
        ("PUBLIC_URL", "https://a?"),
        ("PUBLIC_URL", f"http://u:{SECRET}@a"),
        ("PUBLIC_URL", "https://a b"),
        ("TWILIO_API_URL", "http://localhost:abc"),
        ("DATABASE_URL", "sqlite:foo"),
        ("DATABASE_URL", "sqlite://foo/bar.db"),
        ("DATABASE_URL", f"postgres://u:{SECRET}@h:port/db"),
        ("RECORDINGS_URL", "s3://"),
        ("RECORDINGS_URL", "s3:///prefix"),
        ("RECORDINGS_URL", "file://"),
        ("RECORDINGS_URL", "file:///"),
        ("RECORDINGS_URL", "file://."),
        ("TWILIO_ACCOUNT_SID", "hello"),
        ("ALARM_WEBHOOK", "https://["),
        ("PROXIES", "10"),
        ("WEB_CONCURRENCY", "0"),
        ("WORKER_CONCURRENCY", "1.5"),
        ("LEAST_FREE_MB", "-1"),
        ("PORT", "65536"),
    ],
)
def test_a_setting_that_cannot_be_right_is_named_and_never_shown(name, value):
    with pytest.raises(config.WrongSetting, match=f"{name} is ") as why:
        config.read({**ENVIRON, name: value})
    assert "\n" not in str(why.value)
    assert SECRET not in str(why.value)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("REDIS_URL", "redis://:a%2Fb@host:6379/0"),
        ("REDIS_URL", "rediss://user:word@host/1?ssl_cert_reqs=none"),  # pragma: allowlist secret
        ("REDIS_URL", "redis://host"),
        ("REDIS_URL", "unix:///tmp/heard/redis"),
        ("PUBLIC_URL", "http://[::1]:8000"),
        ("PUBLIC_URL", "https://line.example.org/"),
        ("DATABASE_URL", "sqlite:///var/heard.db"),
        ("DATABASE_URL", "postgresql+psycopg://u:a/b@h:5432/db"),
        ("DATABASE_URL", "postgresql+psycopg://u@/db?host=/tmp/pg"),
        ("RECORDINGS_URL", "file://var/recordings"),
        ("RECORDINGS_URL", "s3://bucket/prefix"),
        ("TWILIO_ACCOUNT_SID", "AC1"),
        ("SEALING_KEYS", f"{ENVIRON['SEALING_KEYS']},"),
        ("PROXIES", "9"),
    ],
)
def test_a_setting_that_may_be_right_starts(name, value):
    assert config.read({**ENVIRON, name: value})
