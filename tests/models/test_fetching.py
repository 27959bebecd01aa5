"""A model is fetched whole and checked, or not at all, whatever the server and its file do."""

import errno
import hashlib
import io
import shutil
import stat
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from speech import catalogue, models
from speech.downloading import CannotFetch
from speech.fetching import fetch, listed
from tests.models.server import Models, serving, zipped

NAME = "vosk-model-small-en-us-0.15"
GOOD = zipped(models.DEMO, NAME)


@pytest.fixture
def server() -> Iterator[Models]:
    with serving() as running:
        yield running


@pytest.fixture
def shelf(tmp_path: Path) -> Path:
    return tmp_path / "models"


def _fetch(server: Models, shelf: Path, name: str = NAME) -> list[int]:
    """What the progress bar was told."""
    told: list[int] = []
    fetch(server.url, catalogue.wanted(listed(server.url), name), shelf, told.append)
    return told


def _left(shelf: Path) -> list[str]:
    return sorted(path.name for path in shelf.iterdir()) if shelf.exists() else []


def _packed(*members: tuple[str, bytes], link: bool = False) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            info = zipfile.ZipInfo(name)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = ((stat.S_IFLNK if link else stat.S_IFREG) | 0o644) << 16
            archive.writestr(info, content)
    return target.getvalue()


def test_a_fetched_model_is_in_place_and_nothing_else_is(server: Models, shelf: Path) -> None:
    server.offer(NAME, GOOD)
    assert _fetch(server, shelf)[-1] == len(GOOD)
    assert _left(shelf) == [NAME]
    assert models.fingerprint(models.find(shelf, NAME)[1]) == models.fingerprint(models.DEMO)


def test_a_broken_download_goes_on_where_it_stopped(server: Models, shelf: Path) -> None:
    server.offer(NAME, GOOD)
    server.breaks_after = [70_000, 90_000]
    _fetch(server, shelf)
    assert server.ranges(f"{NAME}.zip") == [None, "bytes=70000-", "bytes=160000-"]


def test_a_download_that_keeps_breaking_is_kept_for_the_next_time(
    server: Models, shelf: Path
) -> None:
    server.offer(NAME, GOOD)
    server.breaks_after = [70_000, 0, 0]
    with pytest.raises(CannotFetch, match=r"broke off after 70,000 of .* fetch again"):
        _fetch(server, shelf)
    assert _left(shelf) == [f"{NAME}.zip.part"]
    assert _fetch(server, shelf)[-1] == len(GOOD)
    assert server.ranges(f"{NAME}.zip")[-1] == "bytes=70000-"


def test_a_server_without_ranges_sends_it_all_again(server: Models, shelf: Path) -> None:
    server.offer(NAME, GOOD)
    server.knows_ranges = False
    server.breaks_after = [70_000]
    _fetch(server, shelf)
    assert _left(shelf) == [NAME]


def test_a_part_that_is_whole_already_is_not_asked_for(server: Models, shelf: Path) -> None:
    server.offer(NAME, GOOD)
    shelf.mkdir()
    (shelf / f"{NAME}.zip.part").write_bytes(GOOD)
    _fetch(server, shelf)
    assert (server.ranges(f"{NAME}.zip"), _left(shelf)) == ([], [NAME])


def test_a_wrong_checksum_is_not_used_and_not_kept(server: Models, shelf: Path) -> None:
    server.offer(NAME, GOOD, md5="0" * 32)
    with pytest.raises(CannotFetch, match="wrong checksum"):
        _fetch(server, shelf)
    assert _left(shelf) == []


def test_what_a_killed_fetch_had_unpacked_goes_with_the_next(server: Models, shelf: Path) -> None:
    server.offer(NAME, GOOD)
    with pytest.MonkeyPatch.context() as killed:
        killed.setattr(shutil, "rmtree", lambda *_, **__: None)  # nobody tidies up
        killed.setattr(models, "check", sys.exit)
        with pytest.raises(SystemExit):
            _fetch(server, shelf)
    _fetch(server, shelf)
    assert _left(shelf) == [NAME]


def test_a_file_larger_than_promised_is_not_taken(server: Models, shelf: Path) -> None:
    server.offer(NAME, GOOD, size=len(GOOD) - 1)
    with pytest.raises(CannotFetch, match="larger than the list says"):
        _fetch(server, shelf)


def test_a_file_shorter_than_promised_is_said_to_be_and_fetched_anew(
    server: Models, shelf: Path
) -> None:
    server.offer(NAME, GOOD)
    server.files[f"{NAME}.zip"] = GOOD[:-1000]
    with pytest.raises(CannotFetch, match="shorter than the list says"):
        _fetch(server, shelf)
    assert _left(shelf) == []
    server.files[f"{NAME}.zip"] = GOOD
    assert _fetch(server, shelf)[-1] == len(GOOD)


def test_a_part_that_is_longer_than_the_file_is_removed(server: Models, shelf: Path) -> None:
    server.offer(NAME, GOOD)
    server.files[f"{NAME}.zip"] = GOOD[:-1000]
    shelf.mkdir()
    (shelf / f"{NAME}.zip.part").write_bytes(GOOD[:-1000])
    with pytest.raises(CannotFetch, match=r"shorter than the list says.* removed"):
        _fetch(server, shelf)
    assert _left(shelf) == []


def test_a_page_that_asks_for_a_sign_in_is_not_kept_as_the_models_beginning(
    server: Models, shelf: Path
) -> None:
    server.offer(NAME, GOOD)
    server.breaks_after = [70_000, 0, 0]
    with pytest.raises(CannotFetch):
        _fetch(server, shelf)
    server.files[f"{NAME}.zip"], server.knows_ranges = b"<html>" * 900, False
    with pytest.raises(CannotFetch, match="nothing of it was kept"):
        _fetch(server, shelf)
    assert (shelf / f"{NAME}.zip.part").read_bytes() == GOOD[:70_000]


def test_a_file_that_is_packed_on_the_way_is_not_taken(server: Models, shelf: Path) -> None:
    server.offer(NAME, GOOD)
    server.headers["Content-Encoding"] = "gzip"
    with pytest.raises(CannotFetch, match="comes packed"):
        _fetch(server, shelf)
    assert _left(shelf) == []


def test_a_model_that_ends_the_program_is_not_said_to_be_ready(
    server: Models, shelf: Path, tmp_path: Path
) -> None:
    dead = Path(shutil.copytree(models.DEMO, tmp_path / "dead"))
    (dead / "conf" / "model.conf").write_text("")
    server.offer(NAME, zipped(dead, NAME))
    with pytest.raises(CannotFetch, match="is not used, and was removed"):
        _fetch(server, shelf)
    assert _left(shelf) == []


def test_a_model_that_is_there_is_not_fetched_over(server: Models, shelf: Path) -> None:
    server.offer(NAME, GOOD)
    _fetch(server, shelf)
    with pytest.raises(CannotFetch, match="is there already"):
        _fetch(server, shelf)


def test_two_fetches_of_one_model_do_not_write_into_each_other(server: Models, shelf: Path) -> None:
    server.offer(NAME, GOOD)
    offer = catalogue.wanted(listed(server.url), NAME)

    def another(_: int) -> None:
        with pytest.raises(CannotFetch, match=f"another fetch of {NAME} is at work"):
            fetch(server.url, offer, shelf, id)

    fetch(server.url, offer, shelf, another)
    assert _left(shelf) == [NAME]


def test_a_model_that_the_disk_has_no_room_for_is_not_downloaded(
    server: Models, shelf: Path
) -> None:
    server.offer(NAME, GOOD, size=10**15)
    with pytest.raises(CannotFetch, match=r"left, and .* needs at least 2,300,000,000 MB: make"):
        _fetch(server, shelf)
    assert (server.ranges(f"{NAME}.zip"), _left(shelf)) == ([], [])


def test_a_disk_that_is_full_midway_names_the_file_that_takes_its_room(
    server: Models, shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    server.offer(NAME, GOOD)
    monkeypatch.setattr(shutil, "copyfileobj", full)
    with pytest.raises(CannotFetch, match=f"No space left on device; {shelf / NAME}.zip.part has"):
        _fetch(server, shelf)
    assert _left(shelf) == [f"{NAME}.zip.part"]


def _changed(*changes: int) -> bytes:
    """A small archive with numbers changed in its list of members: place, value, and so on."""
    archive = bytearray(_packed((f"{NAME}/x", b"x")))
    listed = archive.index(b"PK\x01\x02")
    for at, value in zip(changes[::2], changes[1::2], strict=True):
        archive[listed + at : listed + at + 2] = value.to_bytes(2, "little")
    return bytes(archive)


BOMB = _packed((f"{NAME}/am/final.mdl", bytes(50_000_000)))


@pytest.mark.parametrize(
    ("archive", "said"),
    [
        pytest.param(b"<html>404</html>", "damaged", id="a web page"),
        pytest.param(GOOD[:-500], "damaged", id="cut off"),
        pytest.param(_packed(), "empty", id="empty"),
        pytest.param(_packed((f"{NAME}/../../x", b"x")), "outside", id="dots"),
        pytest.param(_packed(("/etc/x", b"x")), "outside", id="an absolute path"),
        pytest.param(_packed((f"{NAME}\\..\\x", b"x")), "outside", id="backslashes"),
        pytest.param(_packed((f"{NAME}/x", b"/etc"), link=True), "a link", id="a link"),
        pytest.param(_packed(("other/x", b"x")), "not the folder", id="another folder"),
        pytest.param(_packed((NAME, b"x")), "not the folder", id="a file in its place"),
        pytest.param(_packed((f"{NAME}/x", b"x"), ("y", b"y")), "not the folder", id="two"),
        pytest.param(BOMB, "proportion", id="a bomb"),
        pytest.param(
            _packed(*((f"{NAME}/{n}", b"x") for n in range(2_000))), "2000 files", id="many files"
        ),
        pytest.param(_packed((f"{NAME}/README", b"x")), "no am/final.mdl", id="no model"),
        pytest.param(_packed((f"{NAME}/a", b"x"), (f"{NAME}/a/b/c", b"x")), "damaged", id="both"),
        pytest.param(_packed((f"{NAME}/{'a' * 300}", b"x")), "damaged", id="a name too long"),
        pytest.param(_changed(6, 99), "damaged", id="a version to come"),
        pytest.param(_changed(8, 0x20), "damaged", id="patched data"),
        pytest.param(_changed(8, 0x40), "damaged", id="another encryption"),
        pytest.param(_changed(46, 0xFF, 8, 0x800), "damaged", id="a name that is no UTF-8"),
        pytest.param(_packed((f"{NAME}/x", b"x"))[1:], "damaged", id="without its first byte"),
    ],
)
def test_an_archive_that_is_no_model_leaves_nothing_behind(
    server: Models, shelf: Path, archive: bytes, said: str
) -> None:
    server.offer(NAME, archive)
    with pytest.raises(CannotFetch, match=said):
        _fetch(server, shelf)
    assert (_left(shelf), list(shelf.parent.rglob("x"))) == ([], [])


def test_an_archive_that_was_changed_inside_leaves_nothing_behind(
    server: Models, shelf: Path
) -> None:
    changed = bytearray(GOOD)
    changed[200_000:200_100] = bytes(100)
    server.offer(NAME, bytes(changed), md5=hashlib.md5(changed).hexdigest())
    with pytest.raises(CannotFetch, match="damaged"):
        _fetch(server, shelf)
    assert _left(shelf) == []


def test_a_file_that_is_not_there_is_one_line(server: Models, shelf: Path) -> None:
    server.offer(NAME, GOOD)
    del server.files[f"{NAME}.zip"]
    with pytest.raises(CannotFetch, match=f"{NAME}.zip answered 404"):
        _fetch(server, shelf)


def test_a_folder_that_cannot_be_written_to_is_one_line(server: Models, tmp_path: Path) -> None:
    server.offer(NAME, GOOD)
    (tmp_path / "models").write_text("a file, not a folder")
    with pytest.raises(CannotFetch, match="cannot be written to"):
        _fetch(server, tmp_path / "models")


def test_a_server_that_is_not_there_is_one_line() -> None:
    with pytest.raises(CannotFetch, match="cannot be reached"):
        listed("http://127.0.0.1:9")


@pytest.mark.parametrize(
    ("said", "why"),
    [
        pytest.param(b"<html>", "not JSON", id="a web page"),
        pytest.param(b"{}", "not a list", id="an object"),
        pytest.param(b"[" * 200_000, "not JSON", id="lists in lists"),
        pytest.param(b'[1, {"name": "../x"}, {}]', "names no speech model", id="no sense"),
    ],
)
def test_a_list_that_is_none_is_one_line(server: Models, said: bytes, why: str) -> None:
    server.files["model-list.json"] = said
    with pytest.raises(CannotFetch, match=why):
        listed(server.url)


def test_a_list_keeps_what_can_be_used(server: Models) -> None:
    server.offer(NAME, GOOD)
    server.offer("vosk-model-spk-0.4", b"x", type="spk")
    server.offer("../../etc", b"x")
    server.offer("vosk-model-old", b"x", obsolete="true")
    assert [(o.name, o.obsolete) for o in listed(server.url)] == [
        ("vosk-model-old", True),
        (NAME, False),
    ]


@pytest.mark.parametrize("asked", ["en-us", "small-en"])
def test_a_name_that_is_nearly_right_is_answered_with_the_right_one(
    server: Models, asked: str
) -> None:
    server.offer(NAME, GOOD)
    with pytest.raises(catalogue.NoList, match=f"did you mean {NAME}"):
        catalogue.wanted(listed(server.url), asked)
