"""What outlives a request: rows, sealed fields and audio, the bell to the workers.

Most modules are questions to the rows and small deeds on them, by name, in the session of whoever
asks. Begin with `arrival_rows` and `models`, the rows of the public half: what came in, and what it
became; then `database`, which opens them, and `feedback`, the items that all others are about.

The ground: `columns` is the base of every table and `tables` has them all; the tables of the staff
half are in `staff` and in what else ends in `_rows`, but for `copy_rows`, which is what is to go.
`engine` is how `database` opens either kind.
`prepared` runs the statements that webhooks wait for, `single` reads and saves one row with it,
`inserts` adds one unless its key is taken; `batches` reads a large table. `seal` seals, `queue`
rings, `logs` writes lines, `disk` and `tally` are this host's own.

What comes in, in its order: `ledger` keeps it once, `callers` knows the phone, `talks` where it is
in its conversation, `of_phone` what it told and which item it speaks of; an item gets its name of
`references`. `spool` has what came while the database was away, under the names that `spool_slips`
reads, and `spool_aside` what of it will not come back; `caught_up` says which of what Twilio lists
is here already.

Sound: `recordings` by key, each at a `place`, as `sounds` finds it; `recordings_told` is what
Twilio tells of it, `recordings_due` what is still to be done for it, `copies` what is to go, at
Twilio too. `leases` says of whatever waits so what is due, and that nobody has it.

The desk's queues: `needs` says what an item needs, `board` is a page of a queue, `views` a saved
one; `desk` asks the rest, `holding` says who has an item open, `known` since when its urgency is as
it is, `history` what was done, `monday` what the lead asks. `search`, with a module for each
database, finds it.

What is done there: `corrections`, `coding` and `provider` (places of care); `safeguarding`,
`samples` and `repeated`; `moves`, `doing`, `bulk` and `joins`; `replies` and `outgoing`, texts of
ours. `figures` are counted of it, `exporting` reads all of it, `changes` is what services did.
`alert` calls the rota.

Who works there: `accounts`, `sessions`, `factors`, `tries`; `access_rows` and `looks`, who looked.

What goes: `kept` finds it, unless `holds` keep it; `removals` carries a wish through, for `whose`
data it is; `erasure_rows` prove it, `erasures` keeps it apart from the rows for a line that is
restored, `scrub` drives it out of the files.

The keeping: `backup` and `restore`; `moving`, `comparing`, `reseal` and `transfer` bring sound and
rows elsewhere. `turns` and `rounds` are the clock's, `watch`, `incidents` and `upkeep` the alarms'.
"""
