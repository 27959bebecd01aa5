// Suggestions go into the form at one press, and nothing is saved by that. Without this the same
// buttons send the form, and the page comes back with them filled in.

const form = document.querySelector("[data-code]");
if (form) {
  const suggested = form.querySelector("[data-suggested]");
  const told = form.querySelector("[data-accepted]");
  const all = form.querySelector("[data-accept-all]");
  if (all) all.hidden = false;
  suggested?.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    event.preventDefault();
    const chosen = button === all ? [...suggested.querySelectorAll(".accept")] : [button];
    const put = chosen.filter(accept);
    told.textContent = put.length === chosen.length
      ? `${put.map((one) => one.textContent).join(", ")}: accepted. Save to keep it.`
      : "Five themes are chosen already. Take one out first.";
    const next = button.closest("li")?.nextElementSibling?.querySelector("button") ?? onward();
    put.forEach((one) => one.closest("li").remove());
    const left = suggested.querySelector(".accept");
    (button === all || !left ? onward() : next)?.focus();
    if (!left) suggested.hidden = true;
  });
  const themes = form.querySelector("[data-themes]");
  themes.addEventListener("change", count);
  count();

  // Nothing is saved before somebody said how the words sound.
  function onward() {
    return form.querySelector("[name=sentiment]:checked") ? form.querySelector("[data-last], .ends button") : sentiment();
  }

  function count() {
    const boxes = [...themes.querySelectorAll("[type=checkbox]")];
    const full = boxes.filter((box) => box.checked).length >= Number(themes.dataset.most);
    const names = boxes.filter((box) => box.checked).map((box) => box.labels[0].textContent);
    themes.querySelector("[data-chosen]").textContent = names.length ? `Chosen: ${names.join(", ")}` : "";
    boxes.forEach((box) => { box.disabled = full && !box.checked; });
  }

  function accept(button) {
    const { field, value } = button.dataset;
    const control = form.elements[field];
    if (field !== "themes") {
      control.value = value; // a choice of several buttons takes its value like a field does
      return true;
    }
    const box = [...control].find((one) => one.value === value);
    if (box.disabled) return false;
    box.checked = true;
    box.closest("details").open = true;
    count();
    return true;
  }
}

// Whoever comes from the item before, or from “Take next”, begins where the work begins.
if (location.hash === "#begin") (document.querySelector("[data-begin]:not([hidden])") ?? sentiment())?.focus();

function sentiment() {
  return document.querySelector("[name=sentiment]:checked") ?? document.querySelector("[name=sentiment]");
}
