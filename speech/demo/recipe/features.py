"""Thirty MFCCs each 10 ms, as Kaldi computes them, and its running mean."""

import kaldi_native_fbank as knf
import numpy as np
import numpy.typing as npt

from .telephone import RATE

Frames = npt.NDArray[np.float32]
SIZE = 30
LOW, HIGH = 60, -200  # hertz; HIGH counts down from half the rate
CONF = f"""--sample-frequency={RATE}
--use-energy=false
--num-mel-bins={SIZE}
--num-ceps={SIZE}
--low-freq={LOW}
--high-freq={HIGH}
--dither=0
"""
WINDOW, BORROWED = 600, 200  # frames of Kaldi's running mean, and lent to it by the global mean


def mfcc(samples: npt.NDArray[np.int16]) -> Frames:
    """The features of one recording, one row a frame; CONF says the same to Vosk."""
    options = knf.MfccOptions()
    options.frame_opts.dither = 0
    options.frame_opts.samp_freq = RATE
    options.frame_opts.snip_edges = True
    options.mel_opts.num_bins = SIZE
    options.mel_opts.low_freq = LOW
    options.mel_opts.high_freq = HIGH
    options.num_ceps = SIZE
    options.use_energy = False
    reader = knf.OnlineMfcc(options)
    reader.accept_waveform(RATE, samples.astype(np.float32).tolist())
    reader.input_finished()
    return np.stack([reader.get_frame(at) for at in range(reader.num_frames_ready)])


def normalised(frames: Frames, overall: npt.NDArray[np.float64]) -> Frames:
    """Each frame less the mean of those before it, as Kaldi's OnlineCmvn does when decoding."""
    summed = np.zeros((len(frames) + 1, frames.shape[1]))
    np.cumsum(frames, 0, out=summed[1:])
    last = np.arange(len(frames)) + 1
    first = np.maximum(0, last - WINDOW)
    seen = (last - first)[:, None]
    lent = np.minimum(BORROWED, WINDOW - seen)
    means = (summed[last] - summed[first] + lent * overall) / (seen + lent)
    return (frames - means).astype(np.float32)
