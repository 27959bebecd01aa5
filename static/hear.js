// Words that follow the voice, and take the voice to them. Without this the page still reads.

for (const bar of document.querySelectorAll(".player")) {
  const audio = document.getElementById(bar.dataset.audio);
  bar.hidden = false;
  bar.addEventListener("click", (event) => {
    const skip = event.target.dataset.skip;
    if (skip) audio.currentTime = Math.max(0, audio.currentTime + Number(skip));
  });
  bar.querySelector("[data-speed]").addEventListener("change", (event) => {
    audio.playbackRate = Number(event.target.value);
  });
}

for (const line of document.querySelectorAll(".words[data-audio]")) {
  const audio = document.getElementById(line.dataset.audio);
  const words = [...line.querySelectorAll(".word")].map(pressable);
  let current = null;
  line.setAttribute("role", "group");
  line.setAttribute("aria-label", line.dataset.name);
  line.parentElement.querySelector("[data-hint]").hidden = false;
  stop(words, 0);
  line.addEventListener("click", (event) => {
    const word = event.target.closest(".word");
    if (!word) return;
    stop(words, words.indexOf(word));
    audio.currentTime = Number(word.dataset.start);
    audio.play().catch(() => {}); // whoever pauses before the sound has come wants silence
  });
  line.addEventListener("keydown", (event) => {
    const at = words.indexOf(document.activeElement);
    const next = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: words.length - 1 }[event.key];
    if (next === undefined || !words[next]) return;
    event.preventDefault();
    stop(words, next);
    words[next].focus();
  });
  audio.addEventListener("timeupdate", () => {
    const now = words.find((word) => audio.currentTime < Number(word.dataset.end));
    const spoken = now && audio.currentTime >= Number(now.dataset.start) ? now : null;
    if (spoken === current) return;
    current?.removeAttribute("aria-current");
    spoken?.setAttribute("aria-current", "true");
    current = spoken;
  });
}

// A word -> a button with the same words and times.
function pressable(word) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = word.className;
  Object.assign(button.dataset, word.dataset);
  button.append(...word.childNodes);
  word.replaceWith(button);
  return button;
}

// A message may have hundreds of words: Tab stops at one of them, the arrow keys do the rest.
function stop(words, at) {
  words.forEach((word, index) => { word.tabIndex = index === at ? 0 : -1; });
}
