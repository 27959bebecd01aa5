"""`make release VERSION=1.2.3`: looks whether all is ready; with GO=1 it writes, commits and tags.

The version stands in pyproject.toml and nowhere else; the CHANGELOG's Unreleased becomes its own.
Nothing is pushed: `git push --follow-tags` is yours to say.
"""

import re
import subprocess
import sys
import tomllib
from datetime import UTC, datetime
from pathlib import Path

UNRELEASED = "## Unreleased\n"
SHAPE = r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)"


class NotReady(Exception):
    """Why this cannot be released; the message says what to do."""


def check(root: Path, version: str) -> None:
    """Raises NotReady with the first thing that stands in the way."""
    if not re.fullmatch(SHAPE, version):
        raise NotReady(f"{version!r} is no version: three numbers, as in 1.2.3.")
    if _numbers(version) <= _numbers(now := current(root)):
        raise NotReady(f"{version} is not after {now}, which pyproject.toml has.")
    if _git(root, "status", "--porcelain"):
        raise NotReady("Something is not committed: commit it, or put it away.")
    if _git(root, "tag", "--list", f"v{version}"):
        raise NotReady(f"The tag v{version} is there already.")
    if not news(root):
        raise NotReady("CHANGELOG.md says nothing under Unreleased: what must a user do?")


def release(root: Path, version: str) -> None:
    """Write the version and the CHANGELOG's heading, commit both, and tag the commit.

    All of it or nothing: what git refuses raises NotReady, and both files are as they were.
    """
    project, changes = root / "pyproject.toml", root / "CHANGELOG.md"
    before, texts = _git(root, "rev-parse", "HEAD"), (project.read_text(), changes.read_text())
    _write(root, project, changes, version)
    try:
        _git(root, "commit", "--quiet", "-m", f"Version {version}", project.name, changes.name)
        _git(root, "tag", "-a", f"v{version}", "-m", f"Version {version}")
    except NotReady:
        _git(root, "reset", "--quiet", before)
        for path, text in zip((project, changes), texts, strict=True):
            path.write_text(text)
        raise


def _write(root: Path, project: Path, changes: Path, version: str) -> None:
    was = f'version = "{current(root)}"'
    project.write_text(project.read_text().replace(was, f'version = "{version}"', 1))
    heading = f"{UNRELEASED}\n## {version} ({datetime.now(UTC):%Y-%m-%d})\n"
    changes.write_text(changes.read_text().replace(UNRELEASED, heading, 1))


def current(root: Path) -> str:
    """The version that pyproject.toml has."""
    found: str = tomllib.loads((root / "pyproject.toml").read_text())["project"]["version"]
    return found


def news(root: Path) -> list[str]:
    """The lines of the CHANGELOG for the next version."""
    _, _, after = (root / "CHANGELOG.md").read_text().partition(UNRELEASED)
    return [line for line in after.partition("\n## ")[0].splitlines() if line.startswith("- ")]


def main(root: Path, version: str, go: str = "") -> None:
    """Check; and where `go` is not empty, do it."""
    try:
        check(root, version)
        print(f"{current(root)} -> {version}, with {len(news(root))} lines for users.")
        if not go:
            print("Nothing was changed. The same with GO=1 writes, commits and tags it.")
            return
        release(root, version)
    except NotReady as why:
        sys.exit(f"not released: {why}")
    print(f"Tagged v{version}. To publish it: git push --follow-tags")


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(int(number) for number in version.split("."))


def _git(root: Path, *words: str) -> str:
    ran = subprocess.run(
        ["git", "-C", str(root), *words], check=False, capture_output=True, text=True
    )
    if ran.returncode:
        raise NotReady(f"git {words[0]}: {ran.stderr.strip() or ran.stdout.strip()}")
    return ran.stdout.strip()


if __name__ == "__main__":
    main(Path.cwd(), *sys.argv[1:])
