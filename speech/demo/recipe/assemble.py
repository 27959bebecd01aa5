"""Puts a Vosk model's folder together."""

import shutil
from pathlib import Path

import torch

from . import features, graph, lexicon, network, ngram, nnet3, written
from .rows import Corpus

# Found on the tuning set (texts/dev.txt), whose voices and sentences are in no other set.
ACOUSTIC_SCALE = 0.7
CONF = """--min-active=200
--max-active=3000
--beam=11.0
--lattice-beam=6.0
--acoustic-scale={scale}
--frame-subsampling-factor={stride}
--endpoint.silence-phones=1
--endpoint.rule2.min-trailing-silence=0.5
--endpoint.rule3.min-trailing-silence=1.0
--endpoint.rule4.min-trailing-silence=2.0
"""


def run(folder: Path, corpus: Corpus) -> None:
    """`model/` in the working folder, from the network that was trained there."""
    model = folder / "model"
    shutil.rmtree(model, ignore_errors=True)
    acoustic(folder, corpus, model)
    language(corpus, model)


def acoustic(folder: Path, corpus: Corpus, model: Path) -> None:
    """The parts that hear: network, features and settings."""
    taught = network.blank(corpus)
    taught.load_state_dict(torch.load(folder / "network.pt"))
    nnet3.save(model / "am", corpus, taught.eval().affine())
    (model / "conf").mkdir()
    (model / "conf" / "mfcc.conf").write_text(features.CONF)
    conf = CONF.format(scale=ACOUSTIC_SCALE, stride=network.STRIDE)
    (model / "conf" / "model.conf").write_text(conf)


def language(corpus: Corpus, model: Path) -> None:
    """The parts that know words."""
    graph.save(model / "graph", lexicon.build(written.words()), corpus.phones, ngram.build())
