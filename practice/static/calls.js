import { askJson, tell } from "./ask.js";
import { sayAloud, startPrompts } from "./prompts.js";

const number = document.getElementById("number");
const withheld = document.getElementById("withheld");
const words = document.getElementById("words");
const transcript = document.getElementById("transcript");
const status = document.getElementById("call-status");
const callButton = document.getElementById("call");
const keyButtons = document.querySelectorAll("#keypad button, #hang-up");
const speakButtons = document.querySelectorAll("#speak button");
const WAITING = { keys: "The line waits for a key", message: "The line listens after the tone" };

let current = { ended: true, waiting: null };
let busy = false;

function write(kind, sentence) {
  const entry = document.createElement("p");
  entry.className = kind;
  entry.textContent = sentence;
  transcript.append(entry);
  transcript.scrollTop = transcript.scrollHeight;
}

function minutes(seconds) {
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)}:${String(whole % 60).padStart(2, "0")}`;
}

// Buttons are marked, not disabled: a disabled one would drop the focus of a keyboard user.
function mark(buttons, usable) {
  buttons.forEach((button) => button.setAttribute("aria-disabled", String(!usable)));
}

function showState() {
  mark([callButton], current.ended);
  mark(keyButtons, !current.ended);
  mark(speakButtons, current.waiting === "message");
}

function stateOf(call) {
  if (call.ended) return `The call is over. It took ${minutes(call.seconds)}.`;
  return `${WAITING[call.waiting]}, for ${call.timeout} s. ${minutes(call.seconds)} so far.`;
}

function show(call) {
  current = call;
  call.heard.forEach((sentence) => write("line", sentence));
  if (call.error) write("wrong", `Twilio would have logged this: ${call.error}`);
  tell(status, stateOf(call));
  showState();
  sayAloud(call.heard).catch(fail);
}

function fail(error) {
  tell(status, error.message, true);
}

async function act(said, path, body) {
  if (busy) return;
  busy = true;
  if (said) write("you", said);
  try {
    show(await askJson(path, body));
  } catch (error) {
    fail(error);
  } finally {
    busy = false;
  }
}

function ring() {
  if (!current.ended) return tell(status, "You are in a call. Hang up first.");
  transcript.replaceChildren();
  tell(status, "Ringing…");
  return act("", "calls", { from: withheld.checked ? null : number.value });
}

function inCall(said, verb, body = {}) {
  if (current.ended) return tell(status, "There is no call. Choose Call first.");
  return act(said, `calls/${current.sid}/${verb}`, body);
}

function press(key) {
  return inCall(`You pressed ${key}`, "press", { digits: key });
}

async function speak(event) {
  event.preventDefault();
  const end = event.submitter?.value ?? "#";
  if (current.waiting !== "message") return tell(status, "There was no tone yet.");
  if (!words.value.trim()) return tell(status, "Write first what the caller says.");
  await inCall(`You said: ${words.value}`, "speak", { words: words.value, end });
}

export function startCalls() {
  startPrompts(fail);
  callButton.addEventListener("click", ring);
  document.getElementById("hang-up").addEventListener("click", () => inCall("You hung up", "hang-up"));
  document.getElementById("wait").addEventListener("click", () => inCall("You waited", "wait"));
  document.getElementById("speak").addEventListener("submit", speak);
  const keypad = document.getElementById("keypad");
  keypad.addEventListener("click", (event) => {
    if (event.target.dataset.key) press(event.target.dataset.key);
  });
  // On the keypad, the keys of a keyboard do what they say.
  keypad.addEventListener("keydown", (event) => {
    if (/^[0-9*#]$/.test(event.key) && !event.ctrlKey && !event.metaKey) press(event.key);
  });
  showState();
}
