// The provider's field as a list to choose from (ARIA APG: combobox, list autocomplete, manual
// selection). Focus stays in the field; nothing is chosen until somebody says so. Without this the
// button “Find in the directory” sends the form, and the page comes back with places to press.

const box = document.querySelector("[data-provider]");
if (box) {
  const input = box.querySelector("input"), list = box.querySelector("[data-list]");
  const told = box.querySelector("[data-told]"), places = box.querySelector("[data-places]");
  let active = -1, timer = 0, asked = 0;

  box.querySelector("[data-find]")?.remove();
  for (const [name, value] of Object.entries({
    role: "combobox", "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id,
  })) input.setAttribute(name, value);

  input.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(look, 200); });
  input.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      if (list.hidden) look();
      else move(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter" && !list.hidden && active >= 0) {
      event.preventDefault();
      choose(list.children[active].dataset.value);
    } else if (event.key === "Escape" && !list.hidden) {
      event.preventDefault();
      close();
    } else if (event.key === "Tab") close();
  });
  input.addEventListener("blur", () => setTimeout(close, 150));
  list.addEventListener("mousedown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) choose(option.dataset.value);
  });
  places?.addEventListener("click", (event) => {
    const button = event.target.closest("[data-place]");
    if (!button) return;
    event.preventDefault();
    choose(button.dataset.place);
    places.previousElementSibling.remove();
    places.remove();
  });

  async function look() {
    const words = input.value.trim(), mine = ++asked;
    if (words.length < 2) return close();
    const service = input.form.elements.service?.value ?? "";
    const query = new URLSearchParams({ q: words, service });
    let found = [];
    try {
      const answer = await fetch(`${box.dataset.url}?${query}`, {
        headers: { Accept: "application/json" }, redirect: "error",
      });
      found = answer.ok ? await answer.json() : [];
    } catch { /* Offline, or signed out: what is typed is kept as it is. */ }
    if (mine === asked && document.activeElement === input) show(found);
    return undefined;
  }

  function show(found) {
    close();
    list.replaceChildren(...found.map((place, n) => {
      const option = document.createElement("li"), where = document.createElement("span");
      option.id = `provider-${n}`;
      option.setAttribute("role", "option");
      option.setAttribute("aria-selected", "false");
      option.dataset.value = place.value;
      where.className = "under";
      where.textContent = place.where;
      option.append(place.name, " ", where);
      return option;
    }));
    list.hidden = found.length === 0;
    input.setAttribute("aria-expanded", String(!list.hidden));
    told.textContent = found.length === 0 ? "No place in the directory has these words."
      : `${found.length} ${found.length === 1 ? "place" : "places"}. Arrow down to choose.`;
  }

  function move(by) {
    list.children[active]?.setAttribute("aria-selected", "false");
    const many = list.children.length;
    active = active < 0 && by < 0 ? many - 1 : (active + by + many) % many;
    const option = list.children[active];
    option.setAttribute("aria-selected", "true");
    option.scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", option.id);
  }

  function choose(value) {
    input.value = value;
    told.textContent = `${value}: chosen. Save to keep it.`;
    asked += 1;
    close();
    input.focus();
  }

  function close() {
    list.hidden = true;
    active = -1;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
  }
}
