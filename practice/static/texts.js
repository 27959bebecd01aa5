import { askJson, tell } from "./ask.js";

const thread = document.getElementById("thread");
const number = document.getElementById("number");
const body = document.getElementById("body");
const status = document.getElementById("text-status");

function paragraph(kind, words) {
  const made = document.createElement("p");
  made.className = kind;
  made.textContent = words;
  return made;
}

function note(text) {
  const who = text.direction === "inbound" ? "You" : "The line";
  const time = new Date(text.at).toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
  const parts = text.segments === 1 ? "1 segment" : `${text.segments} segments`;
  return `${who}, ${time}, ${text.error ? `not taken: ${text.error}` : parts}`;
}

function bubble(text) {
  const made = document.createElement("div");
  made.className = `bubble ${text.direction === "inbound" ? "mine" : "theirs"}`;
  made.append(paragraph("said", text.body), paragraph("note", note(text)));
  return made;
}

// Adds only what is new, so that a screen reader reads each text once.
function show(messages) {
  messages.slice(thread.children.length).forEach((text) => thread.append(bubble(text)));
  thread.scrollTop = thread.scrollHeight;
}

async function reload() {
  const asked = number.value;
  try {
    const { messages } = await askJson(`texts?from=${encodeURIComponent(asked)}`);
    if (asked === number.value) show(messages);
  } catch (error) {
    tell(status, error.message, true);
  }
}

async function send(event) {
  event.preventDefault();
  if (!body.value.trim()) {
    tell(status, "Write something first.");
    return;
  }
  tell(status, "Sending…");
  try {
    const { messages, replies } = await askJson("texts", { from: number.value, body: body.value });
    body.value = "";
    show(messages);
    tell(status, replies.length ? "" : "The line did not reply.");
  } catch (error) {
    tell(status, error.message, true);
  }
}

export function startTexts() {
  document.getElementById("compose").addEventListener("submit", send);
  number.addEventListener("change", () => {
    thread.replaceChildren();
    reload();
  });
  reload();
  // The line also writes later, when somebody at the desk replies.
  setInterval(reload, 4000);
}
