"""The practice phone: a foreign program that plays Twilio's part on one machine.

It shares nothing with the line but HTTP, so that a test with it proves the line's own door.

Begin with `phone`, everybody who calls or texts and Twilio between them, and follow a call:

    call                the caller's side: press, speak, be silent, hang up
    course              from the ringing to the last callback, also when something fails
    leg                 what the verbs share: who calls, what was heard, how long it has lasted
    engine              one document of the line after the other, `twiml` being its verbs
    acts                what a call waits for, and what its caller may do then

Its verbs: `prompts` says and plays, `gather` asks for keys, `record` takes speech, of which `take`
is what is kept. `sound` is telephone audio, `voice` speaks for people who do not exist.

A text goes by `texts`, in as many `segments` as are paid. Both ask the `line` with the `signature`
of Twilio; `callbacks` tell it the rest. `manners` are how Twilio misbehaves, and `shelf` is what it
keeps, `recordings` among it.

Over HTTP: `page` is the app, and `web` what its parts share. Twilio's API is what begins with
`rest_`, and `numbers_rest` for the account's `numbers`; `paging` lists it. The browser and tests
use `control` and what begins so: `asked` reads a request, `written` a number in it, and `shown` is
what they see of calls and texts.

`run` is `make run`, the whole line on one laptop; `settings` are the phone's own.
"""
