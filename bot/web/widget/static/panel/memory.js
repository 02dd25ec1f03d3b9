// The conversation, kept for this tab until it is closed or begun anew; nothing is kept before the first answer.

/** @typedef {{ question: string, answer: Answer }} Turn */

const NAME = "yuanwen.widget.1";
const MOST = 20; // turns; the oldest goes first. The API takes as many earlier questions.

/** @returns {Turn[]} */
export function recall() {
  try {
    const turns = JSON.parse(sessionStorage.getItem(NAME) ?? "[]");
    return Array.isArray(turns) && turns.every(isTurn) ? turns : [];
  } catch {
    return []; // The browser may forbid it all.
  }
}

/** @param {Turn[]} turns */
export function keep(turns) {
  turns.splice(0, turns.length - MOST);
  try {
    if (turns.length) sessionStorage.setItem(NAME, JSON.stringify(turns));
    else sessionStorage.removeItem(NAME);
  } catch {
    // Then it lasts as long as the page does.
  }
}

/** @param {any} turn */
function isTurn(turn) {
  return typeof turn?.question === "string" && Array.isArray(turn.answer?.quotes) && Array.isArray(turn.answer.nearest);
}
