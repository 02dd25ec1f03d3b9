// The panel: a question box, and the conversation above it.

import { ask, examples, followUps, Trouble } from "./api.js";
import { find } from "./dom.js";
import { given, languageFor, say } from "./given.js";
import { keepTurns, recallTurns } from "./memory.js";
import { choiceList, questionList } from "./questions.js";
import { isSending } from "./shared/keys.js";
import { nextSize, showSize, tellSize } from "./shared/text_size.js";
import { hearSite, isFramed, tellSite } from "./site.js";
import { partsOf } from "./text.js";
import { makeTurn } from "./turn.js";

const box = find("box", HTMLTextAreaElement);
const form = find("ask", HTMLFormElement);
const talk = find("talk", HTMLElement);
const trouble = find("trouble", HTMLElement);
const status = find("status", HTMLElement);
const welcome = find("welcome", HTMLElement);
const large = find("large", HTMLElement);

const turns = recallTurns();
let isAsking = false;

/** @param {string} words */
function tell(words) {
  status.textContent = words;
}

/** @param {string} text */
async function submit(text) {
  const question = text.trim();
  trouble.textContent = question ? "" : say("empty");
  if (!question) return;
  if (isAsking) {
    box.value = question; // One after the other: a question may lean on the one before.
    return;
  }
  const turn = addTurn(question);
  box.value = "";
  await answer(turn, question);
}

/**
 * @param {ReturnType<typeof makeTurn>} turn
 * @param {string} question
 */
async function answer(turn, question) {
  isAsking = true;
  turn.wait();
  try {
    const found = await ask(question, turns.map((earlier) => earlier.question));
    turns.push({ question, answer: found });
    keepTurns(turns);
    show(turn, found);
    turn.speak(found);
    tellSite({ type: "answer", verdict: found.verdict });
    goOn(turn, found);
  } catch (error) {
    if (!(error instanceof Trouble)) throw error;
    if (error.isPassing) turn.fail(error.message, () => answer(turn, question));
    else giveBack(turn, question, error.message);
  } finally {
    isAsking = false;
    scrollTo(turn.element);
  }
}

/**
 * @param {ReturnType<typeof makeTurn>} turn
 * @param {Answer} found
 */
function show(turn, found) {
  if (found.choices?.length) return turn.show(found, choiceList(found.choices, submit));
  const questions = found.listed.length ? [] : partsOf(found.reply ?? "").questions;
  turn.show(found, questionList("", questions, submit));
}

/**
 * What can be asked next: of the last answer alone, and nothing is lost where it does not come.
 * @param {ReturnType<typeof makeTurn>} turn
 * @param {Answer} found
 */
async function goOn(turn, found) {
  if (found.verdict === "talk" || found.cards.length) return; // small talk names what can be asked
  const language = languageFor(found.language);
  try {
    const questions = await followUps(found, turns.map((earlier) => earlier.question), language);
    if (turn.element.nextElementSibling) return;
    turn.element.append(...questionList(say("ask_also", {}, language), questions, submit, language));
  } catch (error) {
    if (!(error instanceof Trouble)) throw error;
  }
}

/**
 * What cannot be answered as it stands is the visitor's to change.
 * @param {ReturnType<typeof makeTurn>} turn
 * @param {string} question
 * @param {string} words
 */
function giveBack(turn, question, words) {
  turn.element.remove();
  box.value ||= question;
  trouble.textContent = words;
  showWelcome();
}

/** @param {string} question */
function addTurn(question) {
  const turn = makeTurn(question, tell);
  for (const next of talk.querySelectorAll(".turn > .examples")) next.remove();
  talk.append(turn.element);
  showWelcome();
  scrollTo(turn.element);
  return turn;
}

/** @param {HTMLElement} element */
function scrollTo(element) {
  // Not scrollIntoView, which would move the page around the panel too.
  talk.scrollTo({ top: element.offsetTop - talk.offsetTop - 12 });
}

function showWelcome() {
  const hasTurns = talk.querySelector(".turn") !== null;
  welcome.hidden = hasTurns;
  find("anew", HTMLElement).hidden = !hasTurns;
}

function startAnew() {
  turns.length = 0;
  keepTurns(turns);
  for (const turn of talk.querySelectorAll(".turn")) turn.remove();
  trouble.textContent = "";
  showWelcome();
  box.focus();
}

async function offerExamples() {
  try {
    find("examples", HTMLElement).replaceChildren(...questionList(say("ask_like"), await examples(), submit));
  } catch (error) {
    if (!(error instanceof Trouble)) throw error; // A question can be asked without them.
  }
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  submit(box.value);
});
box.addEventListener("keydown", (event) => {
  if (!isSending(event)) return;
  event.preventDefault();
  form.requestSubmit();
});
document.addEventListener("keydown", (event) => {
  if (event.key === "Escape" && !event.isComposing) tellSite({ type: "close" });
});
find("close", HTMLElement).hidden = !isFramed;
find("close", HTMLElement).addEventListener("click", () => tellSite({ type: "close" }));
find("anew", HTMLElement).addEventListener("click", startAnew);
large.addEventListener("click", () => {
  showSize(nextSize());
  tellSize(large);
});

tellSize(large);
for (const { question, answer } of turns) show(addTurn(question), answer);
box.value = given.question;
hearSite({ onOpen: (takesFocus) => takesFocus && box.focus({ preventScroll: true }), onAsk: submit });
tellSite({ type: "ready" });
offerExamples();
