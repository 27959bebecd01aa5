"""The web: reads a request, asks the floor below, renders. The staff's pages are in handlers/desk/.

The way of one webhook, where to begin reading:

    signature           Twilio sent it, and to us; all else is a 403
    sms                 the addresses that Twilio knows for texts, and what came of ours
    voice               those for calls: a turn, a recording, the end
    arriving            makes an arrival of it, and a row; or else an entry in the spool
    taking              waits for the row no longer than a caller can; dialogue/intake.py, the one
                        door, decides what is kept and said
    twiml               the answer as Twilio reads it

`house` is what the process has open meanwhile, `traced` its line in the log.

Where that goes wrong: `fallback` is where Twilio turns when an answer of ours failed. While the
database is away, `spooling` keeps what comes on this host's disk and answers it, `replay` brings it
back in order, `shelter` has all of it open, and `spool_word` tells other hosts what lies here.

Beside the webhooks: `alerts` is the page of an alert's link; `health` and `metrics` are asked by
machines.
"""
