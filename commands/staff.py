"""`staff add`, `staff list`, `staff remove`, `staff password`: who may sign in at the desk."""

import sys
from contextlib import AbstractContextManager
from datetime import UTC, datetime

import click
from sqlalchemy import select
from sqlalchemy.orm import Session

import config
from commands.errors import plain_errors
from store.database import Database
from store.staff import Role, Staff
from triage import passwords


@click.group()
def staff() -> None:
    """Who may sign in at the desk."""


@staff.command()
@click.argument("name")
@click.option("--role", type=click.Choice([role.value for role in Role]), required=True)
@click.option("--password-from", help="Take the password from this environment variable.")
@click.option("--if-new", is_flag=True, help="Say nothing if NAME is there already.")
@plain_errors
def add(name: str, role: str, password_from: str | None, if_new: bool) -> None:
    """Add NAME. Prints a one-time password, to be changed at the first sign-in."""
    password = _given(password_from) if password_from else passwords.one_time()
    with _writing() as session:
        if _named(session, name):
            if if_new:
                return
            sys.exit(f"{name} is there already. To start afresh: staff password {name}")
        session.add(
            Staff(
                name=name,
                role=Role(role),
                password=passwords.hash(password),
                one_time=password_from is None,
                added_at=datetime.now(UTC),
            )
        )
    click.echo(
        f"{name} may sign in as {role}."
        if password_from
        else f"{name} may sign in once with this password, and then chooses one: {password}"
    )


@staff.command(name="list")
@plain_errors
def everyone() -> None:
    """Everybody, with their role; leavers are marked."""
    with Database(config.read().database_url).reading() as session:
        for one in session.scalars(select(Staff).order_by(Staff.name)):
            left = f"  left {one.left_at:%Y-%m-%d}" if one.left_at else ""
            click.echo(f"{one.name}  {one.role.value}{left}")


@staff.command()
@click.argument("name")
@plain_errors
def remove(name: str) -> None:
    """NAME cannot sign in any more; open sessions end at once, their work stays."""
    with _writing() as session:
        _known(session, name).left_at = datetime.now(UTC)
    click.echo(f"{name} cannot sign in any more.")


@staff.command()
@click.argument("name")
@plain_errors
def password(name: str) -> None:
    """Give NAME a new one-time password; open sessions end, and a leaver is back."""
    fresh = passwords.one_time()
    with _writing() as session:
        one = _known(session, name)
        one.password, one.one_time, one.left_at = passwords.hash(fresh), True, None
    click.echo(f"{name} may sign in once with this password, and then chooses one: {fresh}")


def _writing() -> AbstractContextManager[Session]:
    return Database(config.read().database_url).writing()


def _given(variable: str) -> str:
    # What `var/settings.env` holds counts too, outside production.
    value = config.merged().get(variable, "")
    if len(value) < 12:
        sys.exit(f"{variable} is missing, or shorter than 12 characters.")
    return value


def _named(session: Session, name: str) -> Staff | None:
    return session.scalars(select(Staff).where(Staff.name == name)).one_or_none()


def _known(session: Session, name: str) -> Staff:
    found = _named(session, name)
    if found is None:
        sys.exit(f"There is nobody called {name}. See: staff list")
    return found
