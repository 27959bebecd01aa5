// Keeps an open page true without reloading it: counts and title of a queue, who has an item open.
// Nothing that somebody reads is moved. Without this the pages still work.

const EVERY = 18_000, SLOWEST = 180_000, QUIET = 120_000;

// Calls `ask` now and then, not while the tab is hidden; more rarely while it fails.
// `ask` gives false when there is no use in asking again.
function now_and_then(ask, first) {
  let wait = EVERY, timer = 0, asking = false;
  const next = (ms) => { clearTimeout(timer); timer = setTimeout(go, ms); };
  async function go() {
    if (document.hidden || asking) return;
    asking = true;
    try {
      if (await ask() === false) return;
      wait = EVERY;
    } catch {
      wait = Math.min(wait * 2, SLOWEST);
    } finally {
      asking = false;
    }
    next(wait);
  }
  document.addEventListener("visibilitychange", () => { if (!document.hidden) next(500); });
  addEventListener("online", () => next(500));
  next(first);
}

// An answer of the desk; `null` when nothing changed. A signed-out page stops asking.
async function asked(url, options) {
  const answer = await fetch(url, { redirect: "manual", cache: "no-store", ...options });
  if (answer.type === "opaqueredirect" || [401, 403, 404].includes(answer.status)) return false;
  if (answer.status === 304) return null;
  if (!answer.ok) throw new Error(String(answer.status));
  return answer;
}

function queue(news) {
  const link = news.querySelector("a"), said = news.querySelector("[role=status]");
  let tag = "", told = -QUIET;
  now_and_then(async () => {
    const url = `${news.dataset.live}?${news.dataset.query}&since=${news.dataset.since}`;
    const answer = await asked(url, { headers: tag ? { "If-None-Match": tag } : {} });
    if (!answer) return answer;
    tag = answer.headers.get("ETag") ?? "";
    const { title, counts, new: count } = await answer.json();
    document.title = document.title.replace(/^.*?(?= - Heard desk$)/, () => title);
    for (const place of document.querySelectorAll("[data-count]")) {
      place.textContent = counts[place.dataset.count];
    }
    link.hidden = count === 0;
    if (count === 0) return true;
    const words = count === 1 ? "1 new item" : `${count >= 100 ? "100 or more" : count} new items`;
    link.textContent = `${words}: show ${count === 1 ? "it" : "them"}`;
    // A screen reader is told at most every two minutes, and only of a change.
    if (said.textContent !== words && performance.now() - told >= QUIET) {
      said.textContent = words;
      told = performance.now();
    }
    return true;
  }, EVERY);
}

function item(holder) {
  const form = () => new URLSearchParams({ csrf_token: holder.dataset.token });
  let shown = "";
  now_and_then(async () => {
    const answer = await asked(holder.dataset.here, { method: "POST", body: form() });
    if (!answer) return answer;
    const words = await answer.text();
    // Not while somebody is about to press what would be replaced.
    if (words === shown || holder.contains(document.activeElement)) return true;
    holder.innerHTML = shown = words;
    return true;
  }, 300);
  addEventListener("pagehide", () => navigator.sendBeacon(holder.dataset.leave, form()));
}

const news = document.querySelector("[data-live]"), holder = document.querySelector("[data-here]");
if (news) queue(news);
if (holder) item(holder);
