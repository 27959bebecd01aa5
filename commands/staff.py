"""`staff add`, `list`, `role`, `remove`, `password`, `reset-factor`: who may sign in."""

import sys
from contextlib import AbstractContextManager
from datetime import UTC, datetime

import click
from sqlalchemy.orm import Session

import config
from commands.errors import plain_errors
from store import accounts
from store.database import Database
from store.looks import OPERATOR
from store.staff import Role, Staff
from triage import passwords

ROLES = click.Choice([role.value for role in Role])


@click.group()
def staff() -> None:
    """Who may sign in at the desk."""


@staff.command()
@click.argument("name")
@click.option("--role", type=ROLES, required=True)
@click.option("--password-from", help="Take the password from this environment variable.")
@click.option("--if-new", is_flag=True, help="Say nothing if NAME is there already.")
@plain_errors
def add(name: str, role: str, password_from: str | None, if_new: bool) -> None:
    """Add NAME. Prints a one-time password, to be changed at the first sign-in."""
    name = " ".join(name.split())
    if not name:
        sys.exit("NAME is missing: what is written down of them needs one.")
    password = _given(password_from) if password_from else passwords.one_time()
    with _writing() as session:
        if accounts.named(session, name):
            if if_new:
                return
            sys.exit(f"{name} is there already. To start afresh: staff password {name}")
        stored, once = passwords.hash(password), password_from is None
        accounts.add(session, name, Role(role), stored, once, OPERATOR, datetime.now(UTC))
    click.echo(f"{name} may sign in as {role}." if password_from else _once(name, password))


@staff.command(name="list")
@plain_errors
def everyone() -> None:
    """Everybody, with their role; leavers are marked."""
    with Database(config.read().database_url).reading() as session:
        for one in accounts.everybody(session):
            second = "  second factor" if one.factor_at else ""
            left = f"  left {one.left_at:%Y-%m-%d}" if one.left_at else ""
            click.echo(f"{one.name}  {one.role.value}{second}{left}")


@staff.command()
@click.argument("name")
@click.argument("role", type=ROLES)
@plain_errors
def role(name: str, role: str) -> None:
    """Give NAME another ROLE; open sessions end."""
    with _writing() as session:
        one = _known(session, name)
        accounts.give_role(session, one, Role(role), OPERATOR, datetime.now(UTC))
    click.echo(f"{name} is {role} now.")


@staff.command()
@click.argument("name")
@plain_errors
def remove(name: str) -> None:
    """NAME cannot sign in any more; open sessions end at once, their work stays."""
    with _writing() as session:
        accounts.remove(session, _known(session, name), OPERATOR, datetime.now(UTC))
    click.echo(f"{name} cannot sign in any more.")


@staff.command()
@click.argument("name")
@plain_errors
def password(name: str) -> None:
    """Give NAME a new one-time password; open sessions end, and a leaver is back."""
    fresh = passwords.one_time()
    with _writing() as session:
        one, stored = _known(session, name), passwords.hash(fresh)
        accounts.give_password(session, one, stored, OPERATOR, datetime.now(UTC))
    click.echo(_once(name, fresh))


@staff.command(name="reset-factor")
@click.argument("name")
@plain_errors
def reset_factor(name: str) -> None:
    """NAME lost their phone: no code is asked for until they set up another."""
    with _writing() as session:
        accounts.remove_factor(session, _known(session, name), OPERATOR, datetime.now(UTC))
    click.echo(f"No code is asked of {name} until they set up another phone.")


def _once(name: str, password: str) -> str:
    return (
        f"{name} may sign in once with this password, within 7 days, and then chooses one: "
        f"{password}"
    )


def _writing() -> AbstractContextManager[Session]:
    return Database(config.read().database_url).writing()


def _given(variable: str) -> str:
    # What `var/settings.env` holds counts too, outside production.
    value = config.merged().get(variable, "")
    if len(value) < passwords.SHORTEST:
        sys.exit(f"{variable} is missing, or shorter than {passwords.SHORTEST} characters.")
    return value


def _known(session: Session, name: str) -> Staff:
    found = accounts.named(session, name)
    if found is None:
        sys.exit(f"There is nobody called {name}. See: staff list")
    return found
