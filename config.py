"""Every setting, read once and frozen. A setting that is missing or wrong is named in one line.

Read elsewhere too: PORT and WEB_CONCURRENCY by gunicorn (gunicorn.conf.py), before anything of ours
can be imported. Read only elsewhere: VOSK_MODELS_URL by the command `model`, which needs no secret,
and AWS_* by the bucket's own library.
"""

import base64
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from dotenv import dotenv_values

ROOT = Path(__file__).parent
ROLES = ("reader", "triager", "lead", "deputy", "admin")
GUARDED = ("lead", "deputy", "admin")
LAPTOP_FILE = ROOT / "var" / "settings.env"


class WrongSetting(Exception):
    """A setting is missing or cannot be right; the message names it and says what to do."""


@dataclass(frozen=True)
class Settings:
    """What the environment says. Secrets are kept out of `repr`, so out of tracebacks and logs."""

    env: str
    port: int
    database_url: str
    redis_url: str | None
    recordings_url: str
    public_url: str
    twilio_account_sid: str
    twilio_auth_tokens: tuple[str, ...]
    twilio_api_url: str
    secret_key: str
    sealing_keys: tuple[str, ...]
    join_key: str
    script: Path
    models: Path
    spool: Path
    alarm_email: str | None = None
    alarm_webhook: str | None = None
    smtp_url: str | None = None
    metrics_token: str | None = None
    least_free_mb: int | None = None
    workers: int = 2
    web_processes: int = 2
    second_factor: tuple[str, ...] = ()
    proxies: int = 0

    def __repr__(self) -> str:
        return f"Settings(env={self.env!r}, public_url={self.public_url!r})"

    @property
    def production(self) -> bool:
        return self.env == "production"


def read(environ: Mapping[str, str] | None = None) -> Settings:
    """The settings of this process. Outside production `var/settings.env` fills what is unset.

    Raises WrongSetting, naming the first setting that is missing or wrong.
    """
    found = merged(environ)
    settings = Settings(
        env=_one_of(found, "HEARD_ENV", ("development", "production")),
        port=_port(found),
        database_url=_database(found),
        redis_url=_scheme(found, "REDIS_URL", ("redis://", "rediss://", "unix://")),
        recordings_url=_scheme(found, "RECORDINGS_URL", ("file://", "s3://"))
        or f"file://{ROOT}/var/recordings",
        public_url=_origin(found, "PUBLIC_URL", f"http://localhost:{_port(found)}"),
        twilio_account_sid=_needed(found, "TWILIO_ACCOUNT_SID"),
        twilio_auth_tokens=_tokens(found),
        twilio_api_url=_origin(found, "TWILIO_API_URL", "https://api.twilio.com"),
        secret_key=_needed(found, "SECRET_KEY"),
        sealing_keys=tuple(_key("SEALING_KEYS", k) for k in _list(found, "SEALING_KEYS")),
        join_key=_key("JOIN_KEY", _needed(found, "JOIN_KEY")),
        script=script_folder(found),
        models=models_folder(found),
        spool=ROOT / (found.get("SPOOL_FOLDER") or "var/spool"),
        alarm_email=_email(found),
        alarm_webhook=_scheme(found, "ALARM_WEBHOOK", ("https://", "http://")),
        smtp_url=_smtp(found),
        metrics_token=found.get("METRICS_TOKEN", "").strip() or None,
        least_free_mb=_megabytes(found),
        workers=_workers(found, "WORKER_CONCURRENCY"),
        web_processes=_workers(found, "WEB_CONCURRENCY"),
        second_factor=_second_factor(found),
        proxies=_proxies(found),
    )
    return _fit_for_production(settings, found) if settings.production else settings


def merged(environ: Mapping[str, str] | None = None) -> dict[str, str]:
    """The environment, over the laptop's own file where this is not production."""
    found = dict(os.environ if environ is None else environ)
    if found.get("HEARD_ENV") == "production" or environ is not None:
        return found
    kept = {k: v for k, v in dotenv_values(LAPTOP_FILE).items() if v is not None}
    return {**kept, **found}


def script_folder(found: Mapping[str, str]) -> Path:
    """The folder with `line.toml` and the words; needed even by commands that need no secret."""
    return ROOT / (found.get("HEARD_SCRIPT") or "script")


def models_folder(found: Mapping[str, str]) -> Path:
    """The folder in which speech models lie by their names."""
    return ROOT / (found.get("VOSK_MODEL_PATH") or "models")


def database_url() -> str:
    """Where the rows are; migrations need nothing else."""
    return _database(merged())


def _needed(found: Mapping[str, str], name: str) -> str:
    value = found.get(name, "").strip()
    if not value:
        raise WrongSetting(f"{name} is missing: set it in the environment (see README, Settings).")
    return value


def _list(found: Mapping[str, str], name: str) -> list[str]:
    return [part.strip() for part in _needed(found, name).split(",") if part.strip()]


def _tokens(found: Mapping[str, str]) -> tuple[str, ...]:
    old = found.get("TWILIO_AUTH_TOKEN_OLD", "").strip()
    return (_needed(found, "TWILIO_AUTH_TOKEN"), *([old] if old else []))


def _key(name: str, value: str) -> str:
    try:
        right = len(base64.urlsafe_b64decode(value)) == 32
    except ValueError:
        right = False
    if not right:
        raise WrongSetting(f"{name} is wrong: each key is URL-safe base64 of 32 bytes.")
    return value


def _port(found: Mapping[str, str]) -> int:
    value = found.get("PORT") or "8000"
    if not (value.isascii() and value.isdigit() and 0 < int(value) < 65536):
        raise WrongSetting(f"PORT is wrong: {value!r} is not a port number.")
    return int(value)


def _one_of(found: Mapping[str, str], name: str, allowed: tuple[str, ...]) -> str:
    value = found.get(name) or allowed[0]
    if value not in allowed:
        raise WrongSetting(f"{name} is wrong: it is {value!r}, not one of {', '.join(allowed)}.")
    return value


def _origin(found: Mapping[str, str], name: str, default: str) -> str:
    value = (found.get(name) or default).rstrip("/")
    parts = urlsplit(value)
    if parts.scheme not in ("http", "https") or not parts.hostname or parts.path or parts.query:
        raise WrongSetting(f"{name} is wrong: give an origin such as https://line.example.org.")
    return value


def _scheme(found: Mapping[str, str], name: str, allowed: tuple[str, ...]) -> str | None:
    value = found.get(name, "").strip()
    if value and not value.startswith(allowed):
        raise WrongSetting(f"{name} is wrong: it begins with one of {', '.join(allowed)}.")
    return value or None


def _email(found: Mapping[str, str]) -> str | None:
    value = found.get("ALARM_EMAIL", "").strip()
    if value and not re.fullmatch(r"[^@\s,<>]+@[^@\s,<>]+", value):
        raise WrongSetting("ALARM_EMAIL is wrong: give one address, such as line@example.org.")
    if value and not found.get("SMTP_URL", "").strip():
        raise WrongSetting("SMTP_URL is missing: ALARM_EMAIL needs a mail server to go by.")
    return value or None


def _smtp(found: Mapping[str, str]) -> str | None:
    value = _scheme(found, "SMTP_URL", ("smtp://", "smtps://"))
    wrong = "SMTP_URL is wrong: it reads smtp://user:password@host:port, or smtps://..."
    try:
        parts = urlsplit(value or "smtp://none")
        right = parts.hostname and parts.port != 0
    except ValueError:
        right = False
    if not right:
        raise WrongSetting(wrong)
    return value


def _megabytes(found: Mapping[str, str]) -> int | None:
    value = found.get("LEAST_FREE_MB", "").strip()
    if value and not (value.isascii() and value.isdigit()):
        raise WrongSetting(f"LEAST_FREE_MB is wrong: {value!r} is not a number of megabytes.")
    return int(value) if value else None


def _workers(found: Mapping[str, str], name: str) -> int:
    value = found.get(name) or "2"
    if not (value.isascii() and value.isdigit() and 0 < int(value) < 1000):
        raise WrongSetting(f"{name} is wrong: {value!r} is not a number of workers.")
    return int(value)


def _second_factor(found: Mapping[str, str]) -> tuple[str, ...]:
    """Which roles must have one: in production at least those who decide and who add people."""
    production = found.get("HEARD_ENV") == "production"
    value = found.get("SECOND_FACTOR") or (",".join(GUARDED) if production else "")
    roles = tuple(role.strip() for role in value.split(",") if role.strip())
    if unknown := next((role for role in roles if role not in ROLES), None):
        raise WrongSetting(f"SECOND_FACTOR is wrong: {unknown!r} is none of {', '.join(ROLES)}.")
    if production and not {*GUARDED} <= {*roles}:
        raise WrongSetting(f"SECOND_FACTOR is wrong: production needs {', '.join(GUARDED)} in it.")
    return roles


def _proxies(found: Mapping[str, str]) -> int:
    value = found.get("PROXIES") or "0"
    if not (value.isascii() and value.isdigit() and int(value) < 10):
        raise WrongSetting(f"PROXIES is wrong: {value!r} is not a number of proxies in front.")
    return int(value)


def _database(found: Mapping[str, str]) -> str:
    return database_address(found.get("DATABASE_URL") or f"sqlite:///{ROOT}/var/heard.db")


def database_address(url: str) -> str:
    """The address of a database as our driver wants it. Raises WrongSetting."""
    for short in ("postgres://", "postgresql://"):
        if url.startswith(short):
            return "postgresql+psycopg://" + url.removeprefix(short)
    if not url.startswith(("sqlite:", "postgresql+psycopg://")):
        raise WrongSetting("DATABASE_URL is wrong: it is neither SQLite nor PostgreSQL.")
    return url


def _fit_for_production(settings: Settings, found: Mapping[str, str]) -> Settings:
    """Refuse what only a laptop may have: generated keys, http, an imagined Twilio."""
    if found.get("HEARD_GENERATED"):
        raise WrongSetting(
            "HEARD_GENERATED is set: production takes keys of its own, not a "
            "laptop's var/settings.env."
        )
    for name, url in (
        ("PUBLIC_URL", settings.public_url),
        ("TWILIO_API_URL", settings.twilio_api_url),
    ):
        if not url.startswith("https://"):
            raise WrongSetting(f"{name} is wrong: production needs an https origin.")
    return settings
