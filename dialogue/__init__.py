"""The conversation: what the line asks, what an answer is, and what is kept of it.

Pure modules decide, and those that end in `intake` or `items` put it on rows. Begin with `intake`,
the one door, and follow a call or a text from there.

A call: `call_intake` finds the place, takes one step, and keeps what was pressed or said.

    call                the shapes: how far a call is, what the caller did, what they hear next
    call_turn           what Twilio says of a turn: what the caller did, and whether it fits
    calling             place + act -> next turn; `spoken_turns` is what is heard at each place
    call_items          what was pressed or said, on the call's item
    callback_intake     what Twilio says beside the turns: a recording is ready, a call is over
    phone_intake        what a phone texted of itself counts for its calls, and the other way

A text: `alert_intake` keeps a colleague's "OK" to an alert; all else goes on to `text_intake`.

    thread              the shapes: where a phone is, what came, what it changes
    texting             place + text -> what is kept and said back, with the help of these:
    unmeant             nobody wrote it, or nobody is in danger
    safe_question       is the phone safe? Before all else, then `urgent_texting`, for danger
    keywords            STOP, NEW, DELETE, as `asked_for` reads them
    survey              answers and words, and what comes next
    overtaken           it was sent before words that were taken first
    corrections         an answer is taken back: "sorry I meant hospital"
    contact_question    may we text or ring? `advice` asked for, and `courtesy`
    text_items          the text and what it answered, on its item
    reply_intake        what a text of ours that was sent, or lost, changes

What words mean: all compare them `plain`. `answers` to what was asked, with `digits` and the
`places` behind them; `agreeing` hears a yes in other words, `contact`, `refusals` and `wishes` a
no, `watched` who else reads the phone, `cries` whether a no is a cry for life, too; `struck`
violence that sounds like a cry, `signals` a child, a death, a member of staff.

Both end on `items`, what cannot wait on `urgent_items`, DELETE and KEEP on `removed_items`.

`numbers` says who is on the line, `away` answers while no row can be taken.

What the line says: `script` reads script/, of which `words` is a language's shape, `reading` of it
how it is understood, and `opening` (with `bank_holidays`), `rota` and `notices` are parts, `frozen`
all of them; `checks`, `segments`, `told_apart` and `rota_checks` stop a start on what is wrong.
"""
