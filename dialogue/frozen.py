"""The base of everything that is read from `script/`."""

from pydantic import BaseModel, ConfigDict


class Frozen(BaseModel):
    """Nobody changes it once it is read, and a key that nobody knows is a mistake."""

    model_config = ConfigDict(frozen=True, extra="forbid")
