"""Words from sound. Knows nothing of the web, the rows or the queue.

Vosk is a program that turns speech into words on this very machine; nothing is sent away. It needs
a model of the language: a folder of files that say how its sounds sound (`am`), which words there
are and which follow which (`graph`), and how to read the sound (`conf`).

The way of one recording, in the order of the calls in `hearing.hear`, where to begin reading:

1. `audio`        proves that the bytes are a recording, and gives it the rate the model wants;
                  `wav` and `mp3` mend what its header says falsely of its length;
                  `hushed` keeps the decoder's own lines off the log
2. `silence`      finds long pauses, leaves them out, and knows the true times again afterwards
3. `transcriber`  asks Vosk, and is the only one that does: words, each with times and confidence
4. `level`, `voiced`   measure what is too soft or too loud to be understood, and which words are
                  no voice: `spans` has the sound under them, of which some is `tones` or `clicks`
5. `judging`      decides with all of that: words, no speech, or unclear, and says why
6. `reading`      writes the words as people do: `figures` numbers of every kind, by `clock`,
                  `day_clock`, `counts`, `hundreds`, `dates`, `money`, `weights`, `ordinals`
                  and `units` out of `numerals`; `dialled` those said in `digits`

What goes from one to the next:

    file ─prove→ Sound ─convert→ PCM ─keep→ PCM without silences ─transcribe→ Transcript
    Transcript, with what was measured of it and of Sound ─judge→ words | no_speech | unclear, why
    the Transcript's words, with their true times again ─read→ the lines that staff read

PCM is sound as plain numbers: here 16 bits each, one channel, as many a second as the model was
trained for (its rate, in hertz; a telephone has 8,000). Loudness is in decibels below the loudest
number (dB): 0 is full, -60 is silence to the ear. µ-law is the telephone's own way to put 16 bits
into 8. A word's confidence, 0 to 1, is how sure Vosk is of it against all that it might have been.

A frame is a short piece of sound that is looked at as a whole: in `silence` and `spans` one of
50 ms, for Vosk the step by which it gives its times. In `mp3` it is a block of the file, with a
header of its own. soundfile, and so `audio`, means by it one number of each channel.

Models, in the order that an operator meets them:

1. `catalogue`    reads Vosk's public list of models
2. `fetching`     puts one of them in its place, by way of `shelf`, `downloading` and
                  `unpacking`
3. `models`       finds and checks a model's files, without Vosk; `vocabulary` its list of words
4. `trial`        tries it in a process of its own, as a damaged one ends whoever loads it
5. `loaded`       keeps a model for each language, and takes up one that was replaced on the disk

`demo/` is the small model for trying the line out, and the recipe that made it.
"""
