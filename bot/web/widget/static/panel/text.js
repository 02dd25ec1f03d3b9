// A quote's words, untouched, and what is told of its article.

import { given, say } from "./given.js";

/**
 * The text of a part of a quote, cut where a mark or the clause that answers begins or ends. Places count code points,
 * as the API's do.
 * @param {Quote} quote
 * @param {Span} part within the quote
 * @returns {{ text: string, isMarked: boolean, isClause: boolean }[]}
 */
export function pieces({ text, start, marks, clause }, [from, to]) {
  const points = Array.from(text);
  const clauses = clause ? [clause] : [];
  const inside = [...marks, ...clauses].flat().map((place) => Math.min(Math.max(place, from), to));
  const bounds = [...new Set([from, ...inside, to])].sort((one, other) => one - other);
  return bounds.slice(1).map((end, number) => ({
    text: points.slice(bounds[number] - start, end - start).join(""),
    isMarked: isIn(bounds[number], marks),
    isClause: isIn(bounds[number], clauses),
  }));
}

/**
 * @param {number} place
 * @param {Span[]} spans
 */
function isIn(place, spans) {
  return spans.some((span) => span[0] <= place && place < span[1]);
}

/**
 * The sentence to show first: the first mark, or all of the quote.
 * @param {Quote} quote
 * @returns {Span}
 */
export function sentenceOf({ marks, start, end }) {
  return marks[0] ?? [start, end];
}

/**
 * Where an article comes from: source, date, age, page, section, byline; what is not stated is left out.
 * @param {Article} article
 * @param {Language} language
 */
export function origin(article, language) {
  const age = article.published ? ageWords(article.published, language) : "";
  const printed = article.page && say("printed_page", { page: article.page }, language);
  return [...stated(article, language), age, printed, article.section, article.byline].filter(Boolean);
}

/**
 * Source and date, as far as they are known.
 * @param {{ source: string, published: string | null }} article
 * @param {Language} language
 */
export function stated({ source, published }, language) {
  return [source, published ? dateWords(published, language) : ""].filter(Boolean);
}

/**
 * A reply to small talk: what it says, and the questions that it names.
 * @param {string} reply
 */
export function partsOf(reply) {
  const lines = reply.split("\n");
  const questions = lines.filter((line) => line.startsWith(given.listed)).map((line) => line.slice(given.listed.length));
  return { said: lines.filter((line) => !line.startsWith(given.listed)).join("\n"), questions };
}

/**
 * The language of a text, for fonts and voices.
 * @param {string} text
 */
export function languageOf(text) {
  const han = text.match(/\p{Script=Han}/gu)?.length ?? 0;
  const words = text.match(/\p{Script=Latin}+/gu)?.length ?? 0;
  return words > han ? "en" : "zh";
}

/**
 * @param {string} date like 2024-11-05
 * @param {Language} language
 */
export function dateWords(date, language) {
  const [year, month, day] = date.split("-").map(Number);
  return say("date", { year, month: say("months", {}, language).split(" ")[month - 1], day }, language);
}

/**
 * Says "published 2 years ago" of what is a year old or older.
 * @param {string} date
 * @param {Language} language
 */
function ageWords(date, language) {
  const [year, month, day] = date.split("-").map(Number);
  const today = new Date();
  const isBefore = today.getMonth() + 1 < month || (today.getMonth() + 1 === month && today.getDate() < day);
  const years = today.getFullYear() - year - Number(isBefore);
  if (years < 1) return "";
  return years === 1 ? say("a_year_ago", {}, language) : say("years_ago", { years }, language);
}
