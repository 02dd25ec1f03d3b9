// What the button opens: on a phone modal and over the whole screen, else beside the page. It holds the frame, or
// says that the panel did not come.

const PHONE = "(max-width: 639.98px)"; // as in style.css

/**
 * @param {Options} options
 * @param {{ onClose: () => void, onRetry: () => void, signal: AbortSignal }} actions
 */
function makeDialog(options, { onClose, onRetry, signal }) {
  const words = given.words[options.language];
  const phone = matchMedia(PHONE);
  const element = document.createElement("dialog");
  const trouble = document.createElement("div");
  const sentence = document.createElement("p");

  function show() {
    if (phone.matches) element.showModal();
    else element.open = true;
  }

  element.id = "panel";
  element.tabIndex = -1;
  element.setAttribute("aria-label", options.title);
  trouble.className = "trouble";
  trouble.setAttribute("role", "alert");
  trouble.append(sentence, makeChoice(words.again, onRetry), makeChoice(words.close, onClose));
  element.append(trouble);
  element.addEventListener("cancel", (event) => {
    event.preventDefault();
    onClose();
  });
  // The second time a browser closes it without asking.
  element.addEventListener("close", () => element.open || onClose());
  phone.addEventListener("change", () => element.open && (element.close(), show()), { signal });

  return {
    element,
    show,
    isPhone: () => phone.matches,
    /** @param {"waiting" | "ready" | "away"} state */
    become(state) {
      element.className = state;
      sentence.textContent = state === "away" ? words.away : "";
      if (state === "away" && element.open) trouble.querySelector("button")?.focus();
    },
  };
}

/**
 * @param {string} label
 * @param {() => void} action
 */
function makeChoice(label, action) {
  const button = document.createElement("button");
  button.type = "button";
  button.textContent = label;
  button.addEventListener("click", action);
  return button;
}
