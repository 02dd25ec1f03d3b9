// The service's JSON API.

import { given, say } from "./given.js";

const ROOT = new URL("..", location.href).href.replace(/\/$/, "");
const PATIENCE = 30_000; // ms for one answer

/** Why there is no answer, in words for the visitor; `isPassing` says that asking again may help. */
export class Trouble extends Error {
  /**
   * @param {string} words
   * @param {boolean} isPassing
   */
  constructor(words, isPassing) {
    super(words);
    this.isPassing = isPassing;
  }
}

/**
 * @param {string} question
 * @param {string[]} history earlier questions, oldest first
 * @returns {Promise<Answer>}
 */
export function ask(question, history) {
  return call("/api/ask", { question, history });
}

/**
 * @param {string} answerId
 * @param {Vote} vote
 * @param {string} comment
 */
export async function judge(answerId, vote, comment) {
  await call("/api/feedback", { answer_id: answerId, vote, ...(comment && { comment }) });
}

/**
 * Questions to go on with after an answer.
 * @param {Answer} answer
 * @param {string[]} history the questions so far, oldest first
 * @param {Language} language
 * @returns {Promise<string[]>}
 */
export function followUps({ answer_id }, history, language) {
  return call("/api/follow-ups", { answer_id, history, language });
}

/** @returns {Promise<string[]>} */
export function examples() {
  return call(`/api/examples?language=${given.language}`);
}

/**
 * The address of a link as the API gives it.
 * @param {string} path
 */
export function address(path) {
  return ROOT + path;
}

/**
 * @param {string} path
 * @param {unknown} [body] posted as JSON
 * @returns {Promise<any>}
 */
async function call(path, body) {
  const headers = { "Accept-Language": given.language };
  const posted = { method: "POST", headers: { ...headers, "Content-Type": "application/json" }, body: JSON.stringify(body) };
  let response;
  let content;
  try {
    response = await fetch(address(path), { signal: AbortSignal.timeout(PATIENCE), ...(body ? posted : { headers }) });
    content = response.status === 204 ? null : await response.json();
  } catch {
    // No connection, no answer in time, or some proxy's page that says so.
    throw new Trouble(say("lost"), true);
  }
  if (response.ok) return content;
  throw new Trouble(content?.detail ?? say("failed"), response.status === 429 || response.status >= 500);
}
