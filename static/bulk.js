// Says how many items are ticked, ticks all of a page at once, and asks for what is missing first.
// The bar stays in sight while something is ticked. Without this each is ticked alone.

const form = document.querySelector("[data-bulk]");
if (form) {
  const all = form.querySelector("[data-all]"), said = form.querySelector("[data-ticked]");
  const boxes = [...document.querySelectorAll("input[name=items]")];
  all.closest("label").hidden = false;
  all.addEventListener("change", () => {
    boxes.forEach((box) => { box.checked = all.checked; });
    count();
  });
  boxes.forEach((box) => box.addEventListener("change", count));
  count();

  // What an act cannot do without is asked for here, while the ticks still stand.
  const act = form.elements.act;
  act.addEventListener("change", need);
  need();

  function need() {
    form.elements.reason.required = act.value === "finished";
    form.elements.to.required = act.value === "colleague";
  }

  function count() {
    const ticked = boxes.filter((box) => box.checked).length;
    all.checked = ticked === boxes.length;
    form.classList.toggle("afloat", ticked > 0);
    all.indeterminate = ticked > 0 && ticked < boxes.length;
    said.textContent = ticked ? `With the ${ticked === 1 ? "1 ticked item" : `${ticked} ticked items`}:` : "With the ticked items:";
  }
}
