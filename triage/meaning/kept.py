"""Numbers in a file that is mapped into memory, and not read: processes share what they use of it.

The system reads a part when it is first used, and may drop it where memory is short. So what the
web and the workers know of meaning lies in memory once, and only while somebody needs it.
"""

import mmap
from collections.abc import Mapping
from pathlib import Path
from typing import Any, cast

import numpy as np
from numpy.typing import NDArray

Numbers = NDArray[Any]


def kept(path: Path) -> Mapping[str, Numbers]:
    """Every part of a file that `keep` wrote, by its name; nobody can change it."""
    whole = np.load(path, mmap_mode="r")
    # Into the system's own memory at once: the first texter waits for no disk.
    cast(mmap.mmap, whole.base).madvise(mmap.MADV_WILLNEED)
    return {name: np.asarray(whole[name]) for name in whole.dtype.names}


def keep(path: Path, parts: Mapping[str, Numbers]) -> None:
    """Write a file of such parts; who has the old one mapped goes on with that."""
    kinds = [(name, part.dtype, part.shape) for name, part in parts.items()]
    whole = np.zeros((), np.dtype(kinds, align=True))
    for name, part in parts.items():
        whole[name] = part
    new = path.with_suffix(".new")
    with new.open("wb") as file:
        np.save(file, whole)
    new.replace(path)
