"""Looks for keys and passwords in every file of the repository: `python -m tests.leaks`.

What looks like one and is none is marked where it stands (`pragma: allowlist secret`).
"""

import subprocess
import sys

from detect_secrets.pre_commit_hook import main as scan

from tests.conftest import ROOT

# Words, weights and hashes: thousands of strings that look random. Tests say "password" often.
LEFT_OUT = (
    r"^(requirements.*\.txt|script/words\.en\.txt|speech/demo/(model|recipe)/.*|"
    r"triage/meaning/.*|.*\.(wav|png|npz|mp3))$"
)
OPTIONS = ("--disable-plugin", "KeywordDetector", "--exclude-lines", "user:password@")


def found(*files: str) -> bool:
    """Whether any of these files holds something like a secret; where is printed."""
    return scan([*OPTIONS, "--exclude-files", LEFT_OUT, *files]) != 0


def files() -> list[str]:
    """Every file that git knows."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return [name for name in listed.stdout.split("\0") if name]


if __name__ == "__main__":
    sys.exit(found(*files()))
