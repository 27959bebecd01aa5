"""The back room: fetches, transcribes, sends, sweeps. Each job takes an id and may run twice.

Two kinds of process, from `__main__`: workers, any number, and a clock, of which one acts.

The way of one recording, where to begin reading:

1. `sweep`         rings for every row that is due, as webhooks do at once (store/queue.py)
2. `hand`          takes a ring and does its job, of those that `jobs` names
3. `hearing`       claims the row: it is this worker's for a while, and no other's
4. `fetching`      brings Twilio's file into our keeping, through `carrier`
5. `transcribing`  has it heard (speech/hearing.py)
6. `landing`       puts the words on their row and their item, and `outcome` why there are none
7. `copying`       deletes Twilio's copy

Round it: `crew` loads the models and forks the hands, `room` is what they all have open, `warming`
makes ready what they share. The clock: `clock`, `sweep`, `errands` (jobs of the hour and the day),
`watch` and `guard` (is all as it should be?), `alarms` (tells the operator).

The other work, by how the names begin: `sending` texts of ours; `alert_` calls the people on the
rota; `catch_up` brings in what no webhook brought, with `listed`; `setup_` and `twilio_setup` look
at what Twilio has been told of the line; `carrier` is all that calls Twilio's API for the rest;
`erasure`, `let_go`, `dropping`, `forgetting`, `retaining`, `proving` and `telling` remove;
`searching` keeps the index; `contact` tries queue and worker; `mail` posts.
"""
