"""The recipe of the demo model: from our own sentences, read by synthetic voices, to Vosk's files.

Run it with `python -m speech.demo.recipe WORKDIR`; nothing else in the project imports it.
"""
