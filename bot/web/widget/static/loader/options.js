// What the tag asks for. A value that is not allowed is told on the console, and is as if it were not there.

/** @typedef {ReturnType<typeof readOptions>} Options */

/**
 * @param {DOMStringMap} data the tag's data-* attributes
 */
function readOptions(data) {
  const asked = chosen(data, "lang", given.languages);
  const language = asked ?? given.language;
  return {
    asked,
    language,
    isLeft: chosen(data, "position", { right: false, left: true }) ?? false,
    color: readColor(data.color),
    title: data.title?.trim().slice(0, 60) || given.words[language].title,
    question: data.question?.slice(0, 500) ?? "",
    isOpen: chosen(data, "open", { "": true, true: true, false: false }) ?? false,
  };
}

/**
 * @template Value
 * @param {DOMStringMap} data
 * @param {string} name
 * @param {Record<string, Value>} values
 * @returns {Value | undefined}
 */
function chosen(data, name, values) {
  const asked = data[name]?.trim().toLowerCase();
  if (asked === undefined) return undefined;
  if (Object.hasOwn(values, asked)) return values[asked];
  console.warn(`yuanwen: data-${name}="${asked}" is not allowed; it takes ${Object.keys(values).join(", ")}`);
}

/** @param {string | undefined} color */
function readColor(color) {
  if (color === undefined || /^#[0-9a-f]{6}$/i.test(color)) return color;
  console.warn(`yuanwen: data-color="${color}" is not allowed; it takes a color like #9c2a1f`);
}
