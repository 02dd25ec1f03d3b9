// A question's way: shown at once, sent when Gradio is there, and never lost.

import { complaint, dismiss, isFulfilled, isReady, send, words } from "./chat_bridge.js";
import { MOST, keepQuestions, keepWaiting, questions, waiting } from "./chat_memory.js";

const PATIENCE = 30_000; // milliseconds until a question counts as lost
const form = document.querySelector("#ask");
const box = document.querySelector("#question");
const pending = document.querySelector("#pending");
const clear = document.querySelector("#clear");

/** The number of the last wish for an answer; what can be asked next bears the same. */
let last = 0;

/** What is under way; `number` is 0 until it is sent. @type {{kind: string, texts: string[], number: number, since: number} | null} */
let wish = null;
/** What was given up, and may be fulfilled all the same. @type {typeof wish} */
let overdue = null;
/** A question that has to wait for another wish. @type {string} */
let next = "";
/** After a lost connection Gradio takes no wish any more: only a new page does. */
let isBroken = false;

/** @param {string} name @param {string} className @param {string} text */
function element(name, className, text) {
  const made = document.createElement(name);
  made.className = className;
  made.textContent = text;
  return made;
}

/** @param {"asked" | "resumed"} kind @param {string[]} texts */
function begin(kind, texts) {
  wish = { kind, texts, number: 0, since: Date.now() };
  overdue = null;
  document.body.dataset.wish = kind;
  const shown = kind === "asked" ? [element("p", "said", texts[0])] : [];
  pending.replaceChildren(...shown, element("p", "searching", words.searching));
  if (kind === "asked") pending.scrollIntoView({ block: "nearest" });
  look();
}

/** Ask a question, or say that there is none. @param {string} text */
export function ask(text) {
  const question = text.trim();
  const refusal = !question ? words.empty : [...question].length > form.dataset.limit ? words.too_long : "";
  if (refusal) {
    box.focus({ preventScroll: true });
    trouble(refusal);
  } else if (wish) {
    next = question;
  } else {
    keepWaiting(question);
    if (isBroken) retry();
    else begin("asked", [question]);
  }
}

/** What has changed on Gradio's side: called whenever its page changes. */
export function look() {
  if (wish && !wish.number && isReady()) {
    const number = send(wish.kind, wish.texts, () => document.querySelector(`#more-${number}`) !== null);
    wish.number = last = number;
  }
  const done = wish ?? overdue;
  if (done?.number && isFulfilled(done.number)) fulfilled(done);
  else if (wish && complaint()) failed(complaint());
  else if (!wish) dismiss(); // of what was not asked for, such as questions to go on with
  document.body.toggleAttribute("data-outdated", document.querySelector(`#more-${last}`) === null);
  if (!wish) aboveTheBox(pending.querySelector(".trouble")); // what can be asked next comes late, and above it
  clear.hidden = document.querySelector("#talk .said") === null;
}

/** @param {{kind: string, texts: string[]}} done */
function fulfilled(done) {
  wish = overdue = null;
  delete document.body.dataset.wish;
  const isNew = done.kind === "asked";
  const refused = document.querySelector("#talk .trouble") !== null;
  const asked = [...document.querySelectorAll("#talk .said")].map((said) => said.textContent);
  const known = questions();
  isBroken = false;
  if (isNew) keepWaiting("");
  if (isNew && !refused && asked.length === 1 && known.length) {
    begin("resumed", [...known, asked[0]].slice(-MOST)); // the server was started anew, and has forgotten them
    return;
  }
  if (isNew || !refused) keepQuestions(asked); // what could not be resumed now may be later
  pending.replaceChildren();
  if (isNew && !refused && box.value.trim() === done.texts[0]) setBox("");
  if (isNew && refused && !box.value) setBox(done.texts[0]);
  reveal(refused);
  const question = next || (isNew ? "" : waiting());
  next = "";
  if (question) ask(question);
}

/** @param {boolean} refused */
function reveal(refused) {
  if (refused) return aboveTheBox(document.querySelector("#talk .trouble"));
  const parts = [...document.querySelectorAll("#talk .user-row, #talk .sentence")];
  const asked = parts.findLastIndex((part) => part.matches(".user-row"));
  parts[asked]?.scrollIntoView({ block: "start", behavior: "instant" });
  aboveTheBox(parts[asked + 1]); // all of the sentence that answers, in large text too
}

/**
 * Scrolls so far that nothing of it is behind the question box, which grows with a long question. At once: what
 * comes above during a smooth scroll would leave it short of its goal.
 * @param {HTMLElement | null} shown
 */
function aboveTheBox(shown) {
  if (!shown) return;
  shown.style.scrollMarginBottom = `${form.offsetHeight}px`;
  const isTall = shown.offsetHeight > innerHeight - form.offsetHeight;
  shown.scrollIntoView({ block: isTall ? "start" : "nearest", behavior: "instant" });
}

/** A sentence instead of an answer, and where it helps a button. @param {string} sentence @param {() => void} [retry] */
function trouble(sentence, retry) {
  const notice = element("div", "trouble", "");
  notice.append(element("p", "notice", sentence));
  if (retry) {
    const again = element("button", "again", words.again);
    again.addEventListener("click", retry, { once: true });
    notice.append(again);
  }
  pending.replaceChildren(...pending.querySelectorAll(".said"), notice);
  aboveTheBox(notice);
}

/** What the service says of itself. @returns {Promise<"well" | "not_ready" | "lost">} */
async function state() {
  try {
    const answer = await fetch("./readyz", { cache: "no-store" });
    return answer.ok ? "well" : "not_ready";
  } catch {
    return "lost";
  }
}

/** @param {string} complained Gradio's words for it, or "" where an answer is long in coming */
async function failed(complained) {
  const { kind, texts } = wish;
  overdue = complained ? null : wish;
  wish = null;
  delete document.body.dataset.wish;
  dismiss();
  const now = await state();
  if (wish || (!complained && !overdue)) return; // asked anew or answered meanwhile
  const isLost = /connection/i.test(complained);
  if (now === "well" && complained && !isLost) return trouble(words.busy, () => begin(kind, texts));
  isBroken = true;
  trouble(now !== "well" ? words[now] : isLost ? words.lost : words.busy, retry);
}

/** Start the page anew once the service is well; what was asked is kept. */
async function retry() {
  const now = await state();
  if (now === "well") location.reload();
  else trouble(words[now], retry);
}

/** @param {string} text */
function setBox(text) {
  box.value = text;
  box.dispatchEvent(new Event("input"));
}

function grow() {
  box.style.height = "auto";
  box.style.height = `${box.scrollHeight}px`;
  document.documentElement.style.scrollPaddingBottom = `${form.offsetHeight + 12}px`; // nothing is shown behind the form
}

/** Go on where the page was left, and ask what the address asks. */
export function start() {
  history.scrollRestoration = "manual"; // the view stands at the last answer, not where there was none yet
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    ask(event.submitter?.classList.contains("example") ? event.submitter.value : box.value);
  });
  new ResizeObserver(grow).observe(form); // other width, other size of text
  box.addEventListener("input", grow);
  document.addEventListener("click", (event) => {
    const again = event.target.closest("button.suggested, #talk button.again");
    const choice = event.target.closest("#talk a.suggested");
    if (again) ask(again.value);
    if (!choice) return;
    event.preventDefault();
    ask(new URL(choice.href).searchParams.get("question"));
  });
  clear.addEventListener("click", forget);
  setInterval(() => wish && Date.now() - wish.since > PATIENCE && failed(""), 1000);
  const address = new URL(location.href);
  const linked = address.searchParams.get("question") ?? "";
  if (linked) {
    address.searchParams.delete("question");
    history.replaceState(null, "", address);
    keepWaiting(linked);
  }
  if (questions().length) begin("resumed", questions());
  else if (waiting()) ask(waiting());
}

function forget() {
  keepQuestions([]);
  keepWaiting("");
  next = "";
  send("cleared", [""], () => document.querySelector("#talk .said") === null);
  pending.replaceChildren(element("p", "unseen", words.cleared));
  box.focus();
}
