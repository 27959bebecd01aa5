import { ask } from "./ask.js";

const aloud = document.getElementById("aloud");
const player = new Audio();
let turn = 0;
let lastHeard = [];

async function play(sentence) {
  const sound = await (await ask("audio", { text: sentence })).blob();
  player.src = URL.createObjectURL(sound);
  const ended = new Promise((resolve) => player.addEventListener("ended", resolve, { once: true }));
  await player.play();
  await ended;
  URL.revokeObjectURL(player.src);
}

// A recording that the line plays is heard as its address, which nobody wants read out.
function isSpoken(sentence) {
  return !sentence.startsWith("(plays ");
}

// Says one sentence after the other, until the caller does something else.
export async function sayAloud(heard) {
  const mine = ++turn;
  lastHeard = heard;
  player.pause();
  for (const sentence of heard.filter(isSpoken)) {
    if (mine !== turn || !aloud.checked) return;
    await play(sentence);
  }
}

export function startPrompts(onError) {
  aloud.addEventListener("change", () => {
    if (aloud.checked) sayAloud(lastHeard).catch(onError);
    else player.pause();
  });
}
