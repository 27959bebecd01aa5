// Words that follow the voice, take the voice to them, and can be put right. Without this the page
// still plays, reads, and corrects a whole recording at a time.

const SPEEDS = [0.75, 0.85, 1, 1.25, 1.5, 1.75, 2];
const KEPT = "heard-keys"; // whoever turned the keys off finds them off again
let last = null; // the take that Ctrl with a key is about

const keys = document.querySelector("[data-keys]");
const wanted = keys?.querySelector("[data-keys-on]");
if (keys) {
  keys.hidden = false;
  wanted.checked = localStorage.getItem(KEPT) !== "off";
  wanted.addEventListener("change", () => localStorage.setItem(KEPT, wanted.checked ? "on" : "off"));
}

for (const section of document.querySelectorAll("[data-take]")) last = take(section, last) ?? last;
last = null;

// A phrase that is being put right is not saved by the page's other forms: the browser asks first.
addEventListener("beforeunload", (event) => {
  const open = [...document.querySelectorAll("[data-phrase] .fixing")];
  if (open.some((form) => form.elements.wording.value !== said(form.closest("[data-phrase]")))) event.preventDefault();
});

document.addEventListener("keydown", (event) => {
  if (!event.ctrlKey || event.altKey || event.metaKey || !wanted?.checked) return;
  const first = document.querySelector("[data-take] audio")?.closest("[data-take]").heard;
  const does = { ".": "toggle", ",": "back" }[event.key];
  const on = last ?? first;
  if (!does || !on) return;
  event.preventDefault();
  on[does]();
});

// One recording: its player, its words, its corrections.
function take(section) {
  const audio = section.querySelector("audio");
  const told = section.querySelector("[data-told]");
  const player = audio && playing(section, audio);
  let words = [];
  let current = null;
  prepare();
  if (player) section.heard = player;

  section.addEventListener("focusin", () => { if (player) last = player; });
  section.addEventListener("click", (event) => {
    const word = event.target.closest(".word");
    const fix = event.target.closest("[data-fix]");
    if (fix) correct(fix.closest("[data-phrase]"));
    if (word?.dataset.start && player) { stop(word); player.from(word); }
  });
  section.addEventListener("keydown", (event) => {
    if (event.target.matches("textarea")) return inField(event);
    if (event.ctrlKey || event.altKey || event.metaKey) return;
    if (step(event)) return event.preventDefault();
    if (!wanted?.checked || !event.target.matches("button, [type=range]")) return;
    const does = letters()[event.key.toLowerCase()];
    if (!does) return;
    event.preventDefault();
    does();
  });
  section.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-save]")) return;
    event.preventDefault();
    save(event.target);
  });
  audio?.addEventListener("timeupdate", follow);

  function letters() {
    const on = document.activeElement.closest?.(".word");
    return {
      p: () => (audio.paused && on?.dataset.start ? player.from(on) : player.toggle()),
      b: player.back,
      f: () => player.skip(5),
      s: () => player.speed(-1),
      q: () => player.speed(1),
      e: () => correct((on ?? current ?? words[0])?.closest("[data-phrase]")),
      l: listened,
    };
  }

  // The words become buttons; Tab stops at one of them, the arrow keys do the rest.
  function prepare() {
    const list = section.querySelector("[data-phrases]");
    words = [];
    current = null;
    if (!list) return;
    if (player) list.querySelectorAll(".word").forEach((word) => word.dataset.start && pressable(word));
    list.querySelectorAll("[data-fix]").forEach((fix) => { fix.hidden = false; });
    list.setAttribute("aria-label", list.dataset.name);
    section.querySelectorAll("[data-drop]").forEach((drop) => {
      drop.hidden = false;
      drop.addEventListener("click", () => { section.querySelector("[data-clash]").remove(); stop(stops()[0], true); });
    });
    words = [...list.querySelectorAll("button.word")];
    stop(stops()[0]);
  }

  function stops() {
    return [...section.querySelectorAll("[data-phrases] button:not([hidden])")].filter((one) => !one.closest(".fixing"));
  }

  function stop(at, focus = false) {
    stops().forEach((one) => { one.tabIndex = one === at ? 0 : -1; });
    if (focus) at?.focus();
  }

  function step(event) {
    const all = stops();
    const at = all.indexOf(document.activeElement);
    if (at < 0) return bar(event);
    const phrases = [...section.querySelectorAll("[data-phrase]")];
    const near = (by) => phrases[phrases.indexOf(all[at].closest("[data-phrase]")) + by]?.querySelector("button");
    const next = {
      ArrowRight: all[at + 1], ArrowLeft: all[at - 1], Home: all[0], End: all.at(-1),
      ArrowDown: near(1), ArrowUp: near(-1),
    }[event.key];
    if (!next) return false;
    stop(next, true);
    return true;
  }

  // The player's buttons are one stop too.
  function bar(event) {
    const buttons = [...section.querySelectorAll(".bar button")];
    const at = buttons.indexOf(document.activeElement);
    const next = at < 0 ? null : { ArrowRight: buttons[at + 1], ArrowLeft: buttons[at - 1], Home: buttons[0], End: buttons.at(-1) }[event.key];
    if (!next) return false;
    buttons.forEach((one) => { one.tabIndex = one === next ? 0 : -1; });
    next.focus();
    return true;
  }

  function follow() {
    const now = words.find((word) => audio.currentTime < Number(word.dataset.end));
    const spoken = now && audio.currentTime >= Number(now.dataset.start) ? now : null;
    if (spoken === current) return;
    current?.removeAttribute("aria-current");
    spoken?.setAttribute("aria-current", "true");
    current = spoken;
  }

  // A phrase becomes a field in its own place.
  function correct(phrase) {
    if (!phrase || phrase.querySelector("form")) return;
    const form = section.querySelector("[data-form]").content.cloneNode(true).firstElementChild;
    const field = form.elements.wording;
    form.elements.phrase.value = phrase.dataset.phrase;
    field.value = said(phrase);
    field.setAttribute("aria-label", `Phrase ${Number(phrase.dataset.phrase) + 1}`);
    field.rows = Math.ceil(field.value.length / 60) + 1;
    form.querySelector("[data-cancel]").addEventListener("click", () => leave(phrase));
    phrase.append(form);
    phrase.classList.add("open");
    field.focus();
  }

  function leave(phrase) {
    phrase.querySelector("form").remove();
    phrase.classList.remove("open");
    stop(phrase.querySelector("button"), true);
  }

  function inField(event) {
    const form = event.target.closest(".fixing");
    if (!form || event.isComposing) return;
    const phrase = form.closest("[data-phrase]");
    if (event.key === "Escape") leave(phrase);
    if (event.key !== "Enter" || event.shiftKey) return;
    event.preventDefault();
    if (!event.ctrlKey) return form.requestSubmit();
    const before = event.target.value.slice(0, event.target.selectionStart).split(/\s+/).length - 1;
    const all = phrase.querySelectorAll(".word[data-start]");
    const word = all[Math.min(before, all.length - 1)];
    if (word) player?.from(word);
  }

  async function save(form) {
    const phrase = form.elements.phrase.value;
    told.textContent = "Saving …";
    let answer = await send(form);
    // Signed in again in another tab: this page's forms are the former session's.
    if (answer?.status === 400 && await renew()) answer = await send(form);
    if (!answer || answer.redirected || ![200, 409, 422].includes(answer.status)) {
      told.textContent = answer?.redirected || answer?.status === 400 // given back with what was written
        ? "Not saved: you are signed out. Sign in again in another tab, then save once more."
        : "Not saved: we could not be reached. What you wrote is still here. Try again.";
      return;
    }
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const others = unsaved(form);
    section.querySelector("[data-take-words]").replaceWith(page.querySelector("[data-take-words]"));
    prepare();
    follow();
    others.forEach(reopen);
    told.textContent = answer.ok ? "Saved. The machine’s version is kept too." : "Not saved yet.";
    const clash = section.querySelector("[data-clash]");
    if (clash) return clash.focus();
    stop(section.querySelector(`[data-phrase="${phrase || 0}"] button`) ?? stops()[0], true);
  }

  // What else is being written in these words, with the mark that says what its writer had read.
  function unsaved(saved) {
    return [...section.querySelectorAll("[data-save]")].filter((form) => form !== saved)
      .filter(({ elements: { phrase, wording } }) => phrase.value || wording.value !== wording.defaultValue)
      .map(({ elements: { phrase, wording, seen } }) => ({ phrase: phrase.value, wording: wording.value, seen: seen.value }));
  }

  function reopen(was) {
    const phrases = [...section.querySelectorAll("[data-phrase]")];
    const phrase = was.phrase && (phrases[was.phrase] ?? phrases.at(-1));
    if (phrase) correct(phrase);
    const form = phrase ? phrase.querySelector("form") : section.querySelector("details [data-save]");
    form.closest("details")?.setAttribute("open", "");
    for (const name of ["phrase", "wording", "seen"]) form.elements[name].value = was[name];
  }

  // Ticked, and on to the coding, in one key: this is what most of a day consists of.
  function listened() {
    const tick = section.querySelector("[data-heard]");
    if (tick) tick.checked = true;
    const rest = document.querySelector("[data-heard]:not(:checked)")?.closest("[data-take]");
    const next = rest ? rest.querySelector("[data-play]") : document.querySelector("[data-accept-all]:not([hidden])");
    (next ?? document.querySelector("[name=sentiment]:checked, [name=sentiment]"))?.focus();
    told.textContent = tick ? "Ticked: you listened to all of it. It is saved with the coding." : "";
  }
}

function send(form) {
  const body = new FormData(form);
  body.append("part", "1");
  return fetch(form.action, { method: "POST", body }).catch(() => null);
}

// Every form of this page gets the token of whoever is signed in now, if that is still the same.
async function renew() {
  const item = location.pathname.split("/", 3).join("/");
  const answer = await fetch(item).catch(() => null);
  if (!answer?.ok || answer.redirected) return false;
  const { body } = new DOMParser().parseFromString(await answer.text(), "text/html");
  if (body.dataset.me !== document.body.dataset.me) return false;
  const token = body.querySelector("[name=csrf_token]").value;
  const forms = [document, ...[...document.querySelectorAll("template")].map((one) => one.content)];
  for (const some of forms) for (const old of some.querySelectorAll("[name=csrf_token]")) old.value = token;
  return true;
}

// A player's buttons over one sound; what they do is given back, for keys and words.
function playing(section, audio) {
  const box = section.querySelector("[data-player]");
  const position = box.querySelector("[data-position]");
  const play = box.querySelector("[data-play]");
  const length = () => (Number.isFinite(audio.duration) ? audio.duration : Number(position.max));
  const does = {
    toggle: () => (audio.paused ? start() : audio.pause()),
    back: () => does.skip(-2),
    skip: (seconds) => { audio.currentTime = Math.min(Math.max(0, audio.currentTime + seconds), length()); },
    speed: (by) => {
      const at = SPEEDS.indexOf(audio.playbackRate);
      audio.playbackRate = SPEEDS[Math.min(Math.max(0, at + by), SPEEDS.length - 1)];
      box.querySelector("[data-rate]").textContent = `${audio.playbackRate}×`;
    },
    from: (word) => { audio.currentTime = Number(word.dataset.start); start(); },
  };
  const start = () => {
    for (const other of document.querySelectorAll("audio")) if (other !== audio) other.pause();
    audio.play().catch(() => {}); // whoever pauses before the sound has come wants silence
  };
  audio.controls = false;
  audio.hidden = true;
  box.hidden = false;
  box.querySelectorAll(".bar button").forEach((one) => { one.tabIndex = one === play ? 0 : -1; });
  box.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (button?.dataset.skip) does.skip(Number(button.dataset.skip));
    if (button?.dataset.speed) does.speed(Number(button.dataset.speed));
    if (button === play) does.toggle();
  });
  position.addEventListener("input", () => { audio.currentTime = Number(position.value); });
  for (const said of ["play", "pause"]) audio.addEventListener(said, () => { play.textContent = audio.paused ? "Play" : "Pause"; });
  for (const said of ["timeupdate", "loadedmetadata"]) audio.addEventListener(said, show);
  show();
  return does;

  function show() {
    position.max = length();
    position.value = audio.currentTime;
    const now = `${clock(audio.currentTime)} of ${clock(length())}`;
    position.setAttribute("aria-valuetext", now);
    box.querySelector("[data-clock]").textContent = now;
  }
}

function clock(seconds) {
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

// The phrase as text: its words without the hints for eyes and ears.
function said(phrase) {
  return [...phrase.querySelectorAll(".word")].map((word) => word.firstChild.textContent).join(" ");
}

// A word -> a button with the same words and times.
function pressable(word) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = word.className;
  Object.assign(button.dataset, word.dataset);
  button.append(...word.childNodes);
  word.replaceWith(button);
}
