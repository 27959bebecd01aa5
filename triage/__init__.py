"""The desk's rules: what cannot wait, who may do what to an item, what is counted, what goes when.

Nearly all is pure: rows or words in, an answer out. By what a reader comes for:

What cannot wait: `ears` hears a text twice, by the phrases in script/ and by `meaning`.

    urgency             the most urgent tier that a sentence reaches by the phrases, and why
    urgency_spelling    makes the sentence plain: `urgency_disguise`, `urgency_said`
    urgency_phrases     the little language of a phrase: `urgency_steps`, `urgency_near`
    urgency_guards      takes back what was not meant
    urgency_lists       reads phrases and guards from script/, once

What follows from it: `tiers` is people's word on it, `repeated` what three reports raise;
`safeguarding` is what must be recorded and `due` by when; `moves` says who may move an item.

What it is about: `phrases` and `corrections` are the words as heard and as put right; `coding` is
what somebody filled in, helped by `suggestions`, `taxonomy` and `places`; `agreement` compares two
readers. `directory` reads the regulator's places of care, `naming` finds the one that is meant.

What is done with it: `needs` names the queues; `replies` answers; `passing` passes on, `praise`
together, and `repeats` says how few phones it came from; `outcomes` is what became of it, `owed`
what nobody has done yet; `bulk` does it to many. `redaction` takes out who somebody is before it
leaves, other programs get a `record`.

What is counted: `figures` counts, `suppression` hides what is small, `figure_tables` and `charts`
show it; `periods` are the weeks and months, `cells` what a spreadsheet may hold.

What goes: `retention` says until when and why, `going` what goes by a day, `removing` who may have
an item erased; `subject` and `subject_file` are all that the line has of one person.

What the line's people wrote for all this: `lists` reads it together, or raises `wrong_list`.

Who comes in: `passwords`, `factor` for the second factor, `throttle` after wrong tries; `absence`
is who is away.
"""
