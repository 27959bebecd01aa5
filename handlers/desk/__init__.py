"""The staff's pages."""

from flask import Flask


def hang_up(app: Flask) -> None:
    """Hang the desk's pages up in the app."""
