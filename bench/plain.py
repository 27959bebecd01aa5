"""What a first version of a transcribing job looks like: the model is loaded in the job."""

import io
import json
import wave

import vosk


def hear(model: str, take: bytes) -> str:
    """The words of one WAV file."""
    vosk.SetLogLevel(-1)
    with wave.open(io.BytesIO(take)) as sound:
        recogniser = vosk.KaldiRecognizer(vosk.Model(model), sound.getframerate())
        recogniser.SetWords(True)
        said = []
        while block := sound.readframes(4000):
            if recogniser.AcceptWaveform(block):
                said.append(json.loads(recogniser.Result())["text"])
        said.append(json.loads(recogniser.FinalResult())["text"])
    return " ".join(said)
