"""Two who change the rows at once."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

from sqlalchemy.orm import Session

from store.database import Database

T = TypeVar("T")


def done_while(
    database: Database,
    first: Callable[[Session], object],
    then: Callable[[Session], object],
    do: Callable[[], T],
    seconds: float = 0.5,
) -> T:
    """What comes of `do` while a transaction here locks one thing and then another. After so many
    seconds it has locked whatever is not locked here."""
    with ThreadPoolExecutor(1) as pool:
        with database.writing() as session:
            first(session)
            doing = pool.submit(do)
            time.sleep(seconds)
            then(session)
        return doing.result()
