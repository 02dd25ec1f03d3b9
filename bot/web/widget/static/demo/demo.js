// The demo page: its controls write the tag, and the widget on the page is the one that the tag makes.

const form = document.querySelector("form");
const tag = document.querySelector("textarea");
const copy = document.querySelector("#copy");

/** One after the other: two scripts on their way would leave the widget that comes first. @type {Promise<unknown>} */
let placed = Promise.resolve();

/** What the controls ask for that is not as it would be without them. */
function options() {
  const asked = [...new FormData(form ?? undefined)].map(([name, value]) => [name, String(value).trim()]);
  const color = form?.querySelector("[type=color]");
  const standard = color instanceof HTMLInputElement ? color.dataset.default : "";
  return asked.filter(([name, value]) => value && !(name === "color" && value === standard));
}

/** @param {string} text */
function escaped(text) {
  return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;").replaceAll("<", "&lt;");
}

function show() {
  if (!tag) return;
  const attributes = options().map(([name, value]) => ` data-${name}="${escaped(value)}"`);
  tag.value = `<script async src="${escaped(tag.dataset.source ?? "")}"${attributes.join("")}></script>`;
  placed = placed.then(place);
}

/** Puts the widget of the controls in the place of the former one, and ends once it is there. */
function place() {
  const script = document.createElement("script");
  // From where this page came, which a proxy may call otherwise than the settings do.
  script.src = new URL("../../../widget.js", import.meta.url).href;
  Object.assign(script.dataset, Object.fromEntries(options()));
  window.yuanwen?.destroy();
  document.querySelector("script[data-demo]")?.remove();
  script.dataset.demo = "";
  return new Promise((done) => {
    script.addEventListener("load", done);
    script.addEventListener("error", done);
    document.head.append(script);
  });
}

form?.addEventListener("submit", (event) => event.preventDefault());
form?.addEventListener("change", show);
copy?.addEventListener("click", async () => {
  tag?.select();
  await navigator.clipboard.writeText(tag?.value ?? "");
  if (copy instanceof HTMLElement) copy.textContent = copy.dataset.copied ?? "";
});
show();
