"""Unpacks a model's zip file, and nothing that only looks like one."""

import errno
import shutil
import stat
import zipfile
import zlib
from pathlib import Path, PurePosixPath

# Published models unpack to 1.3 to 3 times their zip file and hold under 30 files.
MOST_FILES = 1_000
MOST_TIMES = 20
COMPRESSIONS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
ENCRYPTED = 0x1  # of a member's flags (APPNOTE.TXT 4.4.4)
# zipfile raises these for what it cannot read; a name that is no UTF-8 is a ValueError.
DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, ValueError)
# A place before the file's beginning; a folder where a file is, and the other way round; names too
# long: the archive's fault, while every other OSError is the disk's.
ITS_FAULT = {errno.EINVAL, errno.EEXIST, errno.EISDIR, errno.ENOTDIR, errno.ENAMETOOLONG}


class BadArchive(Exception):
    """Raised for a zip file that is damaged, or that no publisher of a model would make."""


def unpack(archive: Path, name: str, into: Path) -> Path:
    """Unpack the one folder `name` of `archive` into the folder `into`; where it lies then.

    Raises BadArchive before anything is written for whatever the list of members gives away, or
    midway where the content does not keep to it, and OSError of a full disk: the caller then
    removes `into`.
    """
    try:
        with zipfile.ZipFile(archive) as opened:
            members = [member for member in opened.infolist() if not member.is_dir()]
            _doubt(members, name, archive.stat().st_size)
            for member in members:
                target = into / member.filename
                target.parent.mkdir(parents=True, exist_ok=True)
                with opened.open(member) as packed, target.open("xb") as file:
                    shutil.copyfileobj(packed, file)
    except DAMAGED as why:
        raise BadArchive("the zip file is damaged") from why
    except OSError as why:
        if why.errno not in ITS_FAULT:
            raise
        raise BadArchive("the zip file is damaged") from why
    return into / name


def _doubt(members: list[zipfile.ZipInfo], name: str, packed: int) -> None:
    if not members:
        raise BadArchive("the zip file is empty")
    if len(members) > MOST_FILES:
        raise BadArchive(f"the zip file holds {len(members)} files")
    if sum(member.file_size for member in members) > MOST_TIMES * packed:
        raise BadArchive("the zip file would grow out of all proportion")
    for member in members:
        _doubt_one(member, name)


def _doubt_one(member: zipfile.ZipInfo, name: str) -> None:
    path = PurePosixPath(member.filename)
    if path.is_absolute() or ".." in path.parts or "\\" in member.filename:
        raise BadArchive(f"the zip file would write outside its folder ({member.filename!r})")
    if path.parts[:1] != (name,) or len(path.parts) < 2:
        raise BadArchive(f"the zip file holds {member.filename!r}, not the folder {name} alone")
    if stat.S_IFMT(member.external_attr >> 16) not in (0, stat.S_IFREG):
        raise BadArchive(f"the zip file holds a link ({member.filename!r})")
    if member.flag_bits & ENCRYPTED or member.compress_type not in COMPRESSIONS:
        raise BadArchive(f"the zip file cannot be read ({member.filename!r})")
