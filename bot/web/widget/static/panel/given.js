// What the server gave this page: the words in every language, and who may speak to it.

/** @type {PanelGiven} */
export const given = JSON.parse(document.getElementById("given")?.textContent ?? "");

/**
 * The words for something: say("contact", { contact: "12345" }).
 * @param {string} name
 * @param {Record<string, string | number>} [values] what stands in braces
 * @param {Language} [language] the visitor's if there is none
 */
export function say(name, values = {}, language = given.language) {
  return given.words[language][name].replace(/\{(\w+)\}/g, (_, key) => String(values[key]));
}
