"""What a text comes close to in meaning: the second ear of triage, for words that no list foresaw.

A person in danger seldom says it in anybody's phrases. `pieces` cuts a text up, `encoder` turns it
into a point, `known` weighs how near that point is to sentences that people have labelled, and
says which of them it sounds like. `learn` makes `known.en.npy` from `known.en.txt`.
Why it is here, and what it cannot do: docs/decisions/0024-meaning.md.
"""
