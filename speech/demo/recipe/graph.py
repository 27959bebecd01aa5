"""The decoding graph in two halves, HCLr.fst and Gr.fst, which Vosk joins while it decodes.

Kept apart they are small, and a grammar given at run time can take the second one's place.
"""

import glob
import math
import os
import subprocess
from collections import Counter, defaultdict
from pathlib import Path

import kaldifst

from . import grammar, ngram
from .phones import Lexicon, Phones
from .smoothing import BEGIN, END, ORDER, History

Arc = tuple[int, int, int, int, float]  # from, to, heard, said, cost
PAUSE, NO_PAUSE = 1.7, -0.5  # cost of a pause after a word, and of none
DIGIT_PAUSE = 1.0  # and after a digit: people say their numbers one at a time
FIRST = 0.7  # and before the first one, with a pause or none
OTHER_WAY = 1.2  # cost of any pronunciation but the first
ENOUGH, AGAIN = 0.3, 1.0  # cost of ending where a sentence ends, and of another sentence
PLACES = {"B": "begin", "E": "end", "I": "internal", "S": "singleton"}


class Numbers:
    """The numbers of the graph's labels: transitions, marks that keep homophones apart, words."""

    def __init__(self, lexicon: Lexicon, phones: Phones) -> None:
        self.words = {word: at for at, word in enumerate(["<eps>", *sorted(lexicon)])}
        self.phones = phones
        self.last = 2 * (len(phones.placed) - 1)  # transition

    def enter(self, phone: int) -> int:
        """The transition into a placed phone; the one before it stays there."""
        return 2 * phone

    def mark(self, number: int) -> int:
        return self.last + number


def save(folder: Path, lexicon: Lexicon, phones: Phones, model: ngram.Model) -> None:
    """All files of the model's graph folder."""
    (folder / "phones").mkdir(parents=True, exist_ok=True)
    numbers = Numbers(lexicon, phones)
    arcs, marks = _lexicon_arcs(lexicon, numbers)
    spoken = _fst(arcs, {1: 0.0}, 0)
    kaldifst.determinize_star(spoken, use_log=True)
    kaldifst.minimize_encoded(spoken)
    _with_loops(spoken, numbers).write(str(folder / "HCL.fst"))
    _language(model, numbers).write(str(folder / "G.fst"))
    _relabel(folder, numbers)
    _write_lines(folder / "disambig_tid.int", [str(numbers.mark(n)) for n in range(1, marks + 1)])
    _write_lines(folder / "phones.txt", [f"{name} {at}" for at, name in enumerate(phones.placed)])
    placed = [f"{at} {_place(name)}" for at, name in enumerate(phones.placed) if at]
    _write_lines(folder / "phones" / "word_boundary.int", placed)


def _lexicon_arcs(lexicon: Lexicon, numbers: Numbers) -> tuple[list[Arc], int]:
    """From word to word (state 1), a pause allowed between (state 2); also how many marks."""
    entries = [
        (word, tuple(numbers.phones.in_word(way)), OTHER_WAY if at else 0.0)
        for word in sorted(lexicon)
        for at, way in enumerate(lexicon[word])
    ]
    often = Counter(way for _, way, _ in entries)
    begun = {way[:at] for way in often for at in range(1, len(way))}
    used: Counter[tuple[int, ...]] = Counter()
    silence, pause = numbers.enter(numbers.phones.placed.index("SIL")), 3
    digits = {*grammar.classes()["dig"]}
    arcs: list[Arc] = [(0, 1, 0, 0, FIRST), (0, 2, 0, 0, FIRST), (2, pause, silence, 0, 0.0)]
    state = 4
    for word, way, cost in entries:
        labels = [numbers.enter(phone) for phone in way]
        if often[way] > 1 or way in begun:  # other words sound so, or begin so
            used[way] += 1
            labels.append(numbers.mark(used[way]))
        at, said = 1, numbers.words[word]
        for label in labels[:-1]:
            arcs.append((at, state, label, said, cost))
            at, said, state, cost = state, 0, state + 1, 0.0
        arcs.append((at, 1, labels[-1], said, cost + NO_PAUSE))
        arcs.append((at, 2, labels[-1], said, cost + (DIGIT_PAUSE if word in digits else PAUSE)))
    marks = max(used.values()) + 1
    arcs.append((pause, 1, numbers.mark(marks), 0, 0.0))
    return arcs, marks


def _with_loops(spoken: "kaldifst.StdVectorFst", numbers: Numbers) -> "kaldifst.StdVectorFst":
    """Lets each phone last: after the transition into it, a loop of the one that stays."""
    arcs, final, start = _arcs(spoken)
    entering = defaultdict(set)
    for _, to, heard, _, _ in arcs:
        entering[to].add(heard if heard <= numbers.last else 0)
    states, added, loops = spoken.num_states, {}, set()
    looped: list[Arc] = []
    for at, to, heard, said, cost in arcs:
        if 0 < heard <= numbers.last:
            if len(entering[to]) > 1 or to == start:  # others come here too: a state of its own
                added.setdefault((to, heard), states + len(added))
                to = added[to, heard]
            loops.add((to, heard))
        looped.append((at, to, heard, said, cost))
    looped += [(state, to, 0, 0, 0.0) for (to, _), state in added.items()]
    looped += [(state, state, heard - 1, 0, 0.0) for state, heard in sorted(loops)]
    made = _fst(looped, final, start)
    kaldifst.arcsort(made, "olabel")
    return made


def _language(model: ngram.Model, numbers: Numbers) -> "kaldifst.StdVectorFst":
    """The n-grams as a graph: a state a history, backing off without a sound."""
    state = {history: at for at, history in enumerate(sorted(model, key=lambda h: (len(h), h)))}
    arcs: list[Arc] = []
    final: dict[int, float] = {}
    for history, (words, weight) in model.items():
        for word, chance in sorted(words.items()):
            if word == END:
                final[state[history]] = ENOUGH - math.log(chance)
                if history and history != (BEGIN,):  # or a way without a word would lead round
                    arcs.append((state[history], state[BEGIN,], 0, 0, AGAIN - math.log(chance)))
                continue
            label = numbers.words[word]
            to = _known((*history, word)[1 - ORDER :], state)
            arcs.append((state[history], to, label, label, -math.log(chance)))
        if history:
            arcs.append((state[history], _known(history[1:], state), 0, 0, -math.log(weight)))
    return _fst(arcs, final, state[BEGIN,])


def _known(history: History, state: dict[History, int]) -> int:
    while history not in state:
        history = history[1:]
    return state[history]


def _relabel(folder: Path, numbers: Numbers) -> None:
    """Makes HCLr.fst and Gr.fst with OpenFst's tools.

    Looking ahead gives the words new numbers; words.txt must carry those, because Vosk looks the
    words of a grammar up there and does not relabel them.
    """
    plugins = ":".join(glob.glob("/usr/lib/*/fst/22") + glob.glob("/usr/lib/*/fst"))
    environment = {**os.environ, "LD_LIBRARY_PATH": plugins}
    look = "fstconvert --fst_type=olabel_lookahead --save_relabel_opairs=pairs HCL.fst HCLr.fst"
    name = "fstrelabel --relabel_ipairs=pairs --relabel_opairs=pairs G.fst | "
    name += "fstarcsort --sort_type=ilabel > Gr.fst"
    for command in (look, name):
        subprocess.run(["bash", "-ec", command], env=environment, cwd=folder, check=True)
    rows = [line.split() for line in (folder / "pairs").read_text().splitlines()]
    pairs = {int(before): int(after) for before, after in rows}
    renamed = sorted((pairs[at], word) for word, at in numbers.words.items() if at)
    named = [(0, "<eps>"), *renamed, (max(pairs.values()) + 1, "#0")]
    _write_lines(folder / "words.txt", [f"{word} {at}" for at, word in named])
    for left in ("HCL.fst", "G.fst", "pairs"):
        (folder / left).unlink()


def _fst(arcs: list[Arc], final: dict[int, float], start: int) -> "kaldifst.StdVectorFst":
    """An FST of kaldifst's; its compiler takes the first line's state as the start."""
    ordered = sorted(arcs, key=lambda arc: (arc[0] != start, arc[0]))
    lines = [f"{at} {to} {heard} {said} {cost:.6f}" for at, to, heard, said, cost in ordered]
    ends = [f"{state} {cost:.6f}" for state, cost in sorted(final.items())]
    return kaldifst.compile("\n".join([*lines, *ends]) + "\n")


def _arcs(fst: "kaldifst.StdVectorFst") -> tuple[list[Arc], dict[int, float], int]:
    arcs, final = [], {}
    for state in kaldifst.StateIterator(fst):
        for arc in kaldifst.ArcIterator(fst, state):
            weight = float(arc.weight.value)
            arcs.append((state, arc.nextstate, arc.ilabel, arc.olabel, weight))
        if (cost := float(fst.final(state).value)) != math.inf:
            final[state] = cost
    return arcs, final, fst.start


def _place(phone: str) -> str:
    if phone == "SIL":
        return "nonword"
    return "singleton" if phone == "SPN" else PLACES[phone[-1]]


def _write_lines(path: Path, lines: list[str]) -> None:
    path.write_text("".join(f"{line}\n" for line in lines))
