"""`make release`: it looks before it does anything, and does it in one commit with a tag."""

import subprocess

import pytest

from deploy import release

CHANGES = "# Changelog\n\n## Unreleased\n\n- Something. Nothing to do.\n\n## 0.1.0\n- Old.\n"


def git(root, *words):
    name = ("-c", "user.name=t", "-c", "user.email=t@example.org")
    ran = subprocess.run(
        ["git", *name, "-C", str(root), *words], check=True, capture_output=True, text=True
    )
    return ran.stdout


@pytest.fixture
def checkout(tmp_path, monkeypatch):
    for who in ("AUTHOR", "COMMITTER"):
        monkeypatch.setenv(f"GIT_{who}_NAME", "t")
        monkeypatch.setenv(f"GIT_{who}_EMAIL", "t@example.org")
    git(tmp_path, "init", "-q")
    (tmp_path / "pyproject.toml").write_text('[project]\nname = "heard"\nversion = "0.1.0"\n')
    (tmp_path / "CHANGELOG.md").write_text(CHANGES)
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-qm", "first")
    return tmp_path


def test_without_go_it_looks_and_changes_nothing(checkout, capsys):
    release.main(checkout, "0.2.0")

    assert "0.1.0 -> 0.2.0" in capsys.readouterr().out
    assert git(checkout, "status", "--porcelain") == git(checkout, "tag") == ""


def test_with_go_it_writes_commits_and_tags(checkout):
    release.main(checkout, "0.2.0", "1")

    assert release.current(checkout) == "0.2.0"
    assert release.news(checkout) == []
    changes = (checkout / "CHANGELOG.md").read_text()
    assert changes.index("## Unreleased") < changes.index("## 0.2.0 (") < changes.index("Something")
    assert git(checkout, "tag") == "v0.2.0\n"
    assert git(checkout, "status", "--porcelain") == ""


@pytest.mark.parametrize(
    ("setting", "value", "said"),
    [("user.useConfigOnly", "true", "git commit: "), ("tag.gpgSign", "true", "git tag: ")],
)
def test_what_git_refuses_leaves_all_as_it_was_and_can_be_tried_again(
    checkout, monkeypatch, setting, value, said
):
    if setting == "user.useConfigOnly":
        for who in ("AUTHOR", "COMMITTER"):
            monkeypatch.delenv(f"GIT_{who}_NAME")
            monkeypatch.delenv(f"GIT_{who}_EMAIL")
        monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
        monkeypatch.setenv("GIT_CONFIG_SYSTEM", "/dev/null")
    git(checkout, "config", setting, value)
    git(checkout, "config", "gpg.program", "false")
    before = git(checkout, "rev-parse", "HEAD")

    with pytest.raises(SystemExit, match=f"not released: {said}"):
        release.main(checkout, "0.2.0", "1")

    assert git(checkout, "status", "--porcelain") == git(checkout, "tag") == ""
    assert git(checkout, "rev-parse", "HEAD") == before
    release.check(checkout, "0.2.0")


@pytest.mark.parametrize("version", ["0.1.0", "0.0.9", "1", "v1.0.0", "01.0.0", "1.0.0-rc1"])
def test_a_version_goes_forward_and_is_three_numbers(checkout, version):
    with pytest.raises(release.NotReady):
        release.check(checkout, version)


def test_what_is_not_committed_is_not_released(checkout):
    (checkout / "new.py").write_text("")

    with pytest.raises(release.NotReady, match="not committed"):
        release.check(checkout, "0.2.0")


def test_a_version_without_news_is_not_released(checkout):
    release.release(checkout, "0.2.0")

    with pytest.raises(release.NotReady, match="says nothing"):
        release.check(checkout, "0.3.0")


def test_a_tag_is_never_given_twice(checkout):
    git(checkout, "tag", "v0.2.0")

    with pytest.raises(release.NotReady, match="there already"):
        release.check(checkout, "0.2.0")
