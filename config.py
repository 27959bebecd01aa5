"""Every setting, read once and frozen. A setting that is missing or wrong is named in one line.

Read elsewhere too: PORT and WEB_CONCURRENCY by gunicorn, before anything of ours can be imported.
A PORT that is none is named here all the same (gunicorn.conf.py); of a WEB_CONCURRENCY that is no
number gunicorn's own words tell. Read only elsewhere: VOSK_MODELS_URL by the command `model`, which
needs no secret, and AWS_* by the bucket's own library.
"""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from dotenv import dotenv_values

import addresses
from values import WrongSetting as WrongSetting  # whoever reads the settings catches it here
from values import address, key, listed, needed, one_of, optional, whole

ROOT = Path(__file__).parent
ROLES = ("reader", "triager", "lead", "deputy", "admin")
GUARDED = ("lead", "deputy", "admin")
WORKERS = "a number of workers"
# A laptop's own secrets, and over them where the `make run` that is going on is and has its Twilio.
LAPTOP_FILES = tuple(ROOT / "var" / name for name in ("settings.env", "running.env"))


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
    port = whole(found, "PORT", "8000", range(1, 65536), "a port number")
    settings = Settings(
        env=one_of(found, "HEARD_ENV", ("development", "production")),
        port=port,
        database_url=_database(found),
        redis_url=_redis(found),
        recordings_url=_recordings(found),
        public_url=_origin(found, "PUBLIC_URL", f"http://localhost:{port}"),
        twilio_account_sid=_account(found),
        twilio_auth_tokens=_tokens(found),
        twilio_api_url=_origin(found, "TWILIO_API_URL", "https://api.twilio.com"),
        secret_key=needed(found, "SECRET_KEY"),
        sealing_keys=tuple(key("SEALING_KEYS", k) for k in listed(found, "SEALING_KEYS")),
        join_key=key("JOIN_KEY", needed(found, "JOIN_KEY")),
        script=script_folder(found),
        models=models_folder(found),
        spool=ROOT / (found.get("SPOOL_FOLDER") or "var/spool"),
        alarm_email=_email(found),
        alarm_webhook=_webhook(found),
        smtp_url=_smtp(found),
        metrics_token=optional(found, "METRICS_TOKEN"),
        least_free_mb=_megabytes(found),
        workers=whole(found, "WORKER_CONCURRENCY", "2", range(1, 1000), WORKERS),
        web_processes=whole(found, "WEB_CONCURRENCY", "2", range(1, 1000), WORKERS),
        second_factor=_second_factor(found),
        proxies=whole(found, "PROXIES", "0", range(10), "a number of proxies in front"),
    )
    return _fit_for_production(settings, found) if settings.production else settings


def merged(environ: Mapping[str, str] | None = None) -> dict[str, str]:
    """The environment, over the laptop's own files where this is not production."""
    found = dict(os.environ if environ is None else environ)
    if found.get("HEARD_ENV") == "production" or environ is not None:
        return found
    kept = [(k, v) for file in LAPTOP_FILES for k, v in dotenv_values(file).items()]
    return {**{k: v for k, v in kept if v is not None}, **found}


def script_folder(found: Mapping[str, str]) -> Path:
    """The folder with `line.toml` and the words; needed even by commands that need no secret."""
    return ROOT / (found.get("HEARD_SCRIPT") or "script")


def models_folder(found: Mapping[str, str]) -> Path:
    """The folder in which speech models lie by their names."""
    return ROOT / (found.get("VOSK_MODEL_PATH") or "models")


def database_url() -> str:
    """Where the rows are; migrations need nothing else."""
    return _database(merged())


def _tokens(found: Mapping[str, str]) -> tuple[str, ...]:
    old = optional(found, "TWILIO_AUTH_TOKEN_OLD")
    return (needed(found, "TWILIO_AUTH_TOKEN"), *([old] if old else []))


def _account(found: Mapping[str, str]) -> str:
    value = needed(found, "TWILIO_ACCOUNT_SID")
    if not re.fullmatch(r"AC[0-9A-Za-z]+", value):
        raise WrongSetting("TWILIO_ACCOUNT_SID is wrong: it begins with AC, as Twilio shows it.")
    return value


def _origin(found: Mapping[str, str], name: str, default: str) -> str:
    value = (found.get(name) or default).rstrip("/")
    if not addresses.origin(value):
        raise WrongSetting(f"{name} is wrong: give an origin such as https://line.example.org.")
    return value


def _redis(found: Mapping[str, str]) -> str | None:
    schemes = ("redis://", "rediss://", "unix://")
    how = "it reads redis://:password@host:port/0; in the password / is %2F and @ is %40."
    return address(found, "REDIS_URL", schemes, addresses.redis, how)


def _recordings(found: Mapping[str, str]) -> str:
    how = "it names a folder, file://var/recordings, or a bucket, s3://bucket/prefix."
    value = address(found, "RECORDINGS_URL", ("file://", "s3://"), addresses.recordings, how)
    return value or f"file://{ROOT}/var/recordings"


def _webhook(found: Mapping[str, str]) -> str | None:
    how = "it reads https://host/path."
    return address(found, "ALARM_WEBHOOK", ("https://", "http://"), addresses.web, how)


def _email(found: Mapping[str, str]) -> str | None:
    value = optional(found, "ALARM_EMAIL")
    if value and not re.fullmatch(r"[^@\s,<>]+@[^@\s,<>]+", value):
        raise WrongSetting("ALARM_EMAIL is wrong: give one address, such as line@example.org.")
    if value and optional(found, "SMTP_URL") is None:
        raise WrongSetting("SMTP_URL is missing: ALARM_EMAIL needs a mail server to go by.")
    return value


def _smtp(found: Mapping[str, str]) -> str | None:
    how = "it reads smtp://user:password@host:port, or smtps://..."
    return address(found, "SMTP_URL", ("smtp://", "smtps://"), addresses.mail, how)


def _megabytes(found: Mapping[str, str]) -> int | None:
    if optional(found, "LEAST_FREE_MB") is None:
        return None
    return whole(found, "LEAST_FREE_MB", "", range(10**9), "a number of megabytes")


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


def _database(found: Mapping[str, str]) -> str:
    return database_address(found.get("DATABASE_URL") or f"sqlite:///{ROOT}/var/heard.db")


def database_address(url: str) -> str:
    """The address of a database as our driver wants it. Raises WrongSetting."""
    for short in ("postgres://", "postgresql://"):
        if url.startswith(short):
            url = "postgresql+psycopg://" + url.removeprefix(short)
    if not url.startswith(("sqlite:", "postgresql+psycopg://")):
        raise WrongSetting("DATABASE_URL is wrong: it is neither SQLite nor PostgreSQL.")
    if not addresses.database(url):
        raise WrongSetting(
            "DATABASE_URL is wrong: it reads postgresql://user:password@host:port/name, or "
            "sqlite:///path."
        )
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
