// Counts the texts that a reply fills while it is written, and puts the line's own texts in at one
// press. Only a hint: the desk counts again. Without this the same buttons send the form.

const GSM = new Set("@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà");
const TWICE = new Set("^{}\\[~]|€\f");

const form = document.querySelector("[data-reply]");
if (form) {
  const field = form.elements.reply, said = form.querySelector("[data-count-texts]");
  const most = Number(form.dataset.most);
  form.addEventListener("click", (event) => {
    const button = event.target.closest("[data-words]");
    if (!button) return;
    event.preventDefault();
    put(button.dataset.words);
  });
  field.addEventListener("input", count);
  if (field.value) count();

  // What somebody wrote stays, behind it. Typed in, and not set: Ctrl-Z takes it back.
  function put(words) {
    const templates = [...form.querySelectorAll("[data-words]")].map((one) => one.dataset.words);
    const own = templates.reduce((rest, one) => (rest.startsWith(one) ? rest.slice(one.length) : rest), field.value);
    const longest = field.maxLength;
    field.removeAttribute("maxlength"); // it would cut off the end of what they wrote
    field.focus();
    field.select();
    document.execCommand("insertText", false, [words, own.trim()].filter(Boolean).join("\n\n"));
    field.maxLength = longest;
  }

  function count() {
    const text = field.value.trim(), letters = [...text];
    const plain = letters.every((one) => GSM.has(one) || TWICE.has(one));
    const size = plain ? letters.reduce((sum, one) => sum + (TWICE.has(one) ? 2 : 1), 0) : text.length;
    const [one, part] = plain ? [160, 153] : [70, 67];
    const texts = size <= one ? 1 : Math.ceil(size / part);
    const left = (texts === 1 ? one : texts * part) - size;
    said.textContent = `${texts === 1 ? "1 text" : `${texts} texts`}, ${left} left in it. `
      + (texts > most ? `Too long: keep it to ${most}. ` : "")
      + (plain ? "" : "A special letter or emoji makes texts shorter.");
    said.classList.toggle("over", texts > most);
  }
}
