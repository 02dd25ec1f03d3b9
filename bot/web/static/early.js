// Before anything is drawn: how the visitor wants the page, as kept in the browser.
// And Enter asks from the first moment on: until chat.js has come, by the form's own way, an address that asks.
(() => {
  const root = document.documentElement;
  const kept = (name) => {
    let value = null; // also where storage is shut: the page is as the browser says
    try {
      value = localStorage.getItem(`yuanwen.${name}`);
      return JSON.parse(value);
    } catch {
      return value; // version 0.1 kept bare words
    }
  };
  for (const name of ["text", "contrast", "theme"]) {
    const value = kept(name);
    if (value) root.dataset[name] = value;
  }
  // A screen in a hall stays one until its tab is closed: links within the page need not say so.
  const query = new URLSearchParams(location.search);
  try {
    if (query.get("kiosk") === "1") sessionStorage.setItem("yuanwen.kiosk", "true");
    if (sessionStorage.getItem("yuanwen.kiosk")) root.dataset.kiosk = "";
  } catch {
    if (query.get("kiosk") === "1") root.dataset.kiosk = "";
  }
  if ("kiosk" in root.dataset) root.dataset.text ??= "large";
  const language = kept("language");
  const known = ["zh-Hans", "zh-Hant", "en"].includes(language);
  if (known && language !== root.lang && !query.has("lang")) {
    query.set("lang", language);
    location.replace(`?${query}`);
  }
  document.addEventListener("keydown", (event) => {
    if (event.target.id !== "question" || event.key !== "Enter" || event.shiftKey) return;
    if (event.isComposing || event.keyCode === 229) return; // an input method takes its own Enter
    event.preventDefault();
    event.target.form.requestSubmit();
  });
})();
