// What the server gave this page: the words in every language, and who may speak to it.

/** @type {PanelGiven} */
export const given = JSON.parse(document.getElementById("given")?.textContent ?? "");

/**
 * The language of an answer's words: the site's choice, else the question's. On a Traditional page a Chinese question
 * is answered in Traditional: many a question's characters are the same in both scripts.
 * @param {Language} question
 */
export function languageFor(question) {
  const isTraditional = given.language === "zh-Hant" && question === "zh-Hans";
  return given.isChosen || isTraditional ? given.language : question;
}

/**
 * The words for something: say("contact", { contact: "12345" }).
 * @param {string} name
 * @param {Record<string, string | number>} [values] what stands in braces
 * @param {Language} [language] the visitor's if there is none
 */
export function say(name, values = {}, language = given.language) {
  return given.words[language][name].replace(/\{(\w+)\}/g, (_, key) => String(values[key]));
}
