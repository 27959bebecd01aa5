"""Where speech models lie, and whether what lies there is one. Opens files, never Vosk."""

import hashlib
from contextlib import suppress
from pathlib import Path

from speech import vocabulary

DEMO_NAME = "demo-en"
DEMO = Path(__file__).parent / "demo" / "model"

DEFAULT_RATE = 16_000  # hertz; Kaldi's own, when mfcc.conf names none
# Without the last Vosk knows no pause between two words: sentences would run on.
NEEDED = ("am/final.mdl", "conf/mfcc.conf", "conf/model.conf", "graph/phones/word_boundary.int")
# The older form, which Vosk reads too: all in one folder, and no model.conf.
NEEDED_FLAT = ("final.mdl", "mfcc.conf", "word_boundary.int")
# All the ways through sounds and words: in one file, or in two that Vosk joins while it listens.
# Its letters are Kaldi's, for what was joined: H the states of a sound, C its neighbours, L the
# lexicon (which sounds make a word), G the grammar (which word follows which); r: made ready to be
# joined with the other.
GRAPHS = (("HCLG.fst",), ("HCLr.fst", "Gr.fst"))  # in Vosk's own order
FST_MAGIC = bytes.fromhex("d6fdb27e")  # the first bytes of every OpenFst file


class NoModel(Exception):
    """Raised when a model is missing, incomplete or damaged; `reason` is one line with a path."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def find(models_dir: Path, name: str | None) -> tuple[str, Path]:
    """The name and folder of the model called `name` under `models_dir`; None is the demo model.

    Raises NoModel when a named one is not there, or we may not look: a real line must never fall
    back to the demo model in silence, because its callers would be misheard.
    """
    if name is None or name == DEMO_NAME:
        return DEMO_NAME, DEMO
    if name != Path(name).name:
        raise NoModel(f"{name!r} cannot be the name of a folder in {models_dir}")
    folder = models_dir / name
    try:
        there = folder.is_dir()
    except OSError as why:
        raise NoModel(f"the model at {folder} cannot be read: {why.strerror}") from why
    if not there:
        raise NoModel(f"no model {name} at {folder}")
    return name, folder


def check(folder: Path) -> None:
    """Raises NoModel unless `folder` holds the files of a model, and we may read them.

    Vosk loads a model without its graph and then takes the whole process down at the first
    recording, so this is asked before. It does not say either that it may not read a file.
    """
    try:
        _look(folder)
    except OSError as why:
        raise NoModel(f"the model at {folder} cannot be read: {why.strerror}") from why


def _look(folder: Path) -> None:
    flat = _is_flat(folder)
    for name in NEEDED_FLAT if flat else NEEDED:
        if not (folder / name).is_file():
            raise NoModel(f"the model at {folder} has no {name}")
        (folder / name).open("rb").close()
    graph = folder if flat else folder / "graph"
    if not any(all(_is_fst(graph / name) for name in names) for names in GRAPHS):
        raise NoModel(f"the model at {folder} has no whole graph: HCLG.fst, or HCLr.fst and Gr.fst")
    if why := vocabulary.wrong(graph / "words.txt"):
        raise NoModel(f"the model at {folder} cannot be used: its words.txt {why}")


def rate(folder: Path) -> int:
    """The sample rate (hertz) that the model was trained for, from its mfcc.conf."""
    conf = (folder if _is_flat(folder) else folder / "conf") / "mfcc.conf"
    for line in conf.read_text().splitlines():
        option, _, value = line.partition("=")
        if option.strip() == "--sample-frequency":
            return int(float(value.split("#")[0]))
    return DEFAULT_RATE


def fingerprint(folder: Path) -> str:
    """Twelve hex digits of SHA-256 over every file's name and content, wherever the folder is.

    It stands beside each transcript, to tell two models of one name apart.
    """
    total = hashlib.sha256()
    for path in sorted(folder.rglob("*")):
        if path.is_file():
            with path.open("rb") as file:
                content = hashlib.file_digest(file, "sha256").hexdigest()
            total.update(f"{content} {path.relative_to(folder).as_posix()}\n".encode())
    return total.hexdigest()[:12]


def stamp(folder: Path) -> tuple[tuple[str, int, int], ...]:
    """Each file's name, size (bytes) and time of change (ns); empty when there is no folder.

    Reads no content: cheap enough to ask between two recordings whether a model was replaced. The
    time is that of the file's entry, which a `chmod` or `chown` moves too: they mend a model.
    """
    found: list[tuple[str, int, int]] = []
    with suppress(OSError):  # somebody is just replacing it, or has shut us out
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                state = path.stat()
                name = path.relative_to(folder).as_posix()
                found.append((name, state.st_size, state.st_ctime_ns))
    return tuple(found)


def _is_flat(folder: Path) -> bool:
    """By the sign that Vosk goes by."""
    return (folder / "final.mdl").is_file() and not (folder / "am" / "final.mdl").exists()


def _is_fst(path: Path) -> bool:
    if not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(len(FST_MAGIC)) == FST_MAGIC
