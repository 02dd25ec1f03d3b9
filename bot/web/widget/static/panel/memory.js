// The conversation, kept for this tab until it is closed or begun anew; nothing is kept before the first answer.

import { keep, recall } from "./shared/storage.js";

/** @typedef {{ question: string, answer: Answer }} Turn */

const NAME = "yuanwen.widget.2"; // the number rises when an answer has another form
const MOST = 20; // turns; the oldest goes first. The API takes as many earlier questions.

/** @returns {Turn[]} */
export function recallTurns() {
  const turns = recall("sessionStorage", NAME);
  return Array.isArray(turns) && turns.every(isTurn) ? turns : [];
}

/** @param {Turn[]} turns */
export function keepTurns(turns) {
  turns.splice(0, turns.length - MOST);
  keep("sessionStorage", NAME, turns.length ? turns : null);
}

/** @param {any} turn */
function isTurn(turn) {
  return typeof turn?.question === "string" && Array.isArray(turn.answer?.quotes) && Array.isArray(turn.answer.cards) && Array.isArray(turn.answer.parts) && Array.isArray(turn.answer.listed);
}
