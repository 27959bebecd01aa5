// What somebody chose or wrote and has not saved is kept in this tab when they leave a page of an item:
// to add a note, to follow a link, because they were signed out. It is back when they are, and is
// saved by nothing but its own button. Signing out, or somebody else signing in, throws it away.

const KEPT = "heard-draft ";
const me = document.body.dataset.me ?? "", page = document.querySelector("[data-drafts]");
// A phrase that is being put right is not among them: it would come back as all of the words.
const forms = () => [...page.querySelectorAll("form[method=post]:not(.fixing, .clash form)")].filter((form) => controls(form).length);
let sent = null;

for (const [key, draft] of all()) {
  if (me && draft.by !== me) sessionStorage.removeItem(key);
  // Asked to sign in again, or something broke: what was sent just before did not arrive.
  else if (!me || document.querySelector("[data-failed]")) sessionStorage.setItem(key, JSON.stringify({ ...draft, forms: { ...draft.forms, ...draft.sent }, sent: {} }));
}
document.querySelector("[data-sign-out]")?.addEventListener("submit", () => {
  removeEventListener("pagehide", keep);
  all().forEach(([key]) => sessionStorage.removeItem(key));
});
if (page) {
  restore();
  page.addEventListener("submit", (event) => {
    sent = event.defaultPrevented ? sent : event.target;
  });
  addEventListener("pagehide", keep);
}

function all() {
  return Object.keys(sessionStorage).filter((key) => key.startsWith(KEPT))
    .map((key) => [key, JSON.parse(sessionStorage.getItem(key))]);
}

function keep() {
  const kept = JSON.parse(sessionStorage.getItem(KEPT + page.dataset.drafts));
  const found = { by: me, forms: kept?.forms ?? {}, sent: {} };
  for (const form of forms().filter(unsaved)) found[form === sent ? "sent" : "forms"][name(form)] = values(form);
  if ([found.forms, found.sent].some((some) => Object.keys(some).length)) {
    sessionStorage.setItem(KEPT + page.dataset.drafts, JSON.stringify(found));
  }
}

function restore() {
  const kept = JSON.parse(sessionStorage.getItem(KEPT + page.dataset.drafts));
  sessionStorage.removeItem(KEPT + page.dataset.drafts);
  for (const form of kept ? forms() : []) {
    const was = kept.forms[name(form)];
    delete kept.forms[name(form)];
    // A form that came back with what was wrong in it has its own words already.
    if (was && !form.hasAttribute("data-unsaved")) put(form, was);
  }
  // Another page of a long list has other forms: what was written in them waits until they are shown.
  if (Object.keys(kept?.forms ?? {}).length) {
    sessionStorage.setItem(KEPT + page.dataset.drafts, JSON.stringify({ ...kept, sent: {} }));
  }
}

function put(form, was) {
  for (const one of controls(form)) {
    const value = was[`${one.name} ${tickable(one) ? one.value : ""}`];
    if (value === undefined) continue;
    if (tickable(one)) one.checked = value;
    else one.value = value;
    if (!changed(one)) continue;
    for (let folded = one.closest("details"); folded; folded = folded.parentElement.closest("details")) folded.open = true;
    for (const kind of ["input", "change"]) one.dispatchEvent(new Event(kind, { bubbles: true }));
  }
  for (const mark of marks(form)) mark.value = was.marks?.[mark.name] ?? mark.value;
  const said = document.createElement("p");
  said.className = "here";
  said.setAttribute("role", "status");
  form.prepend(said);
  said.textContent = "What you had not saved is back. It is not saved yet.";
}

function values(form) {
  const found = { marks: Object.fromEntries(marks(form).map((mark) => [mark.name, mark.value])) };
  for (const one of controls(form)) found[`${one.name} ${tickable(one) ? one.value : ""}`] = tickable(one) ? one.checked : one.value;
  return found;
}

function unsaved(form) {
  return form.hasAttribute("data-unsaved") || controls(form).some(changed);
}

function changed(one) {
  if (tickable(one)) return one.checked !== one.defaultChecked;
  // A list of choices without a chosen one shows its first.
  if (one.options) return one.selectedIndex !== Math.max(0, [...one.options].findIndex((each) => each.defaultSelected));
  return one.value !== one.defaultValue;
}

// Whoever vouches for words does so for those that stand there now: such a tick never comes back.
function controls(form) {
  return [...form.elements].filter((one) => one.name && one.matches("input:not([type=hidden], [data-vouches]), select, textarea"));
}

// What the page showed when it was filled in: a colleague who saved meanwhile is not overwritten.
function marks(form) {
  return [...form.querySelectorAll("input[type=hidden][name$=seen]")];
}

function tickable(one) {
  return one.matches("[type=checkbox], [type=radio]");
}

function name(form) {
  return form.dataset.draft ?? new URL(form.action).pathname;
}
