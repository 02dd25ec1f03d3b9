// One widget on the page, however often its tag is there: the button, the dialog, and `window.yuanwen`.

const script = document.currentScript;
const isThere = typeof window.yuanwen?.destroy === "function";
if (script instanceof HTMLScriptElement && !isThere) window.yuanwen = makeWidget(script);

/**
 * @param {HTMLScriptElement} script
 * @returns {Yuanwen}
 */
function makeWidget(script) {
  const options = readOptions(script.dataset);
  const life = new AbortController();
  const host = document.createElement("yuanwen-widget");
  const button = makeButton(options, toggle);
  const dialog = makeDialog(options, { onClose: close, onRetry: load, signal: life.signal });
  const listeners = makeListeners();
  // A page that renders anew throws out what it does not know.
  const keeper = new MutationObserver(() => requestAnimationFrame(keep));
  /** @type {Frame | undefined} */
  let frame;
  let isOpen = false;
  let takesFocus = false;
  let question = "";
  /** @type {Element | null} */
  let before = null;

  function place() {
    // Beside the body, which a page may replace.
    document.documentElement.append(host);
    keeper.observe(document, { childList: true });
    keeper.observe(document.documentElement, { childList: true });
    if (isOpen) dialog.show();
  }

  function keep() {
    if (host.isConnected || life.signal.aborted) return;
    dialog.element.close();
    place();
    if (frame) load(); // A frame that was taken out starts anew.
  }

  function load() {
    frame?.remove();
    dialog.become("waiting");
    frame = makeFrame(panelAddress(script.src, options), options.title, hear);
    dialog.element.append(frame.element);
  }

  /** @param {FromPanel | { type: "away" }} message */
  function hear(message) {
    if (message.type === "ready" || message.type === "away") dialog.become(message.type);
    if (message.type === "ready" && isOpen) greet();
    if (message.type === "close") close();
    if (message.type === "answer") listeners.call("answer", { verdict: message.verdict });
  }

  function greet() {
    if (takesFocus) frame?.element.focus();
    frame?.tell({ type: "open", focus: takesFocus });
    if (question) frame?.tell({ type: "ask", question });
    question = "";
  }

  function open(focus = true) {
    if (life.signal.aborted) return;
    takesFocus = focus;
    if (!isOpen) {
      isOpen = true;
      before = document.activeElement;
      button.setAttribute("aria-expanded", "true");
      if (!frame) load();
      if (host.isConnected) dialog.show();
      listeners.call("open", {});
    }
    if (frame?.isReady()) greet();
  }

  function close() {
    if (!isOpen) return;
    const hadFocus = document.activeElement === host || dialog.isPhone();
    isOpen = false;
    button.setAttribute("aria-expanded", "false");
    dialog.element.close();
    if (hadFocus) returnFocus();
    listeners.call("close", {});
  }

  function returnFocus() {
    const isElsewhere = before?.isConnected && before !== document.body && before !== host;
    if (isElsewhere && before instanceof HTMLElement) before.focus();
    else button.focus();
  }

  function toggle() {
    if (isOpen) close();
    else open();
  }

  function destroy() {
    life.abort();
    keeper.disconnect();
    frame?.remove();
    host.remove();
    if (window.yuanwen === api) delete window.yuanwen;
  }

  const shadow = host.attachShadow({ mode: "open" });
  const style = new CSSStyleSheet();
  style.replaceSync(given.style);
  shadow.adoptedStyleSheets = [style];
  shadow.append(dialog.element, button);
  host.classList.toggle("left", options.isLeft);
  shadow.addEventListener("keydown", (event) => {
    if (event instanceof KeyboardEvent && event.key === "Escape") close();
  });
  if (document.body) place();
  else document.addEventListener("DOMContentLoaded", place, { signal: life.signal });
  // Not on a phone, where it would cover the page that someone came to read; and nobody's focus is taken.
  if (options.isOpen && !dialog.isPhone()) open(false);

  /** @type {Yuanwen} */
  const api = Object.freeze({
    open: () => open(),
    close,
    toggle,
    destroy,
    /** @param {string} asked */
    ask(asked) {
      question = String(asked).trim().slice(0, 500);
      open();
    },
    on: listeners.add,
    off: listeners.remove,
  });
  queueMicrotask(() => window.dispatchEvent(new Event("yuanwen:ready")));
  return api;
}

/**
 * @param {string} source the address of the script
 * @param {Options} options
 */
function panelAddress(source, { asked, title, question, color }) {
  const address = new URL("widget/panel", source);
  const query = { site: location.origin, lang: asked, title, question, color };
  for (const [name, value] of Object.entries(query)) if (value) address.searchParams.set(name, value);
  return address;
}
