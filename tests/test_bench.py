"""RESULTS.md keeps what each benchmark found last, in the order in which they run."""

from bench.__main__ import BEFORE, PARTS, merged

DOORS, WORDS = (PARTS[name].TITLE for name in ("doors", "words"))


def section(title: str, found: str) -> str:
    return f"{title}\n\n{found}\n\n2026-11-28, it took 3 s.\n"


def test_the_first_results_make_the_file() -> None:
    assert merged("", section(DOORS, "fast")) == f"{BEFORE}\n## {section(DOORS, 'fast')}"


def test_a_benchmark_run_alone_replaces_its_own_section_only() -> None:
    before = merged(merged("", section(WORDS, "slow")), section(DOORS, "fast"))
    after = merged(before, section(WORDS, "faster"))
    assert after == before.replace("slow", "faster")
    assert after.index(DOORS) < after.index(WORDS)


def test_what_no_benchmark_finds_any_more_goes() -> None:
    old = f"{BEFORE}\n## {section('The carrier pigeons', 'late')}"
    assert "pigeons" not in merged(old, section(DOORS, "fast"))
