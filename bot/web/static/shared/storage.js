// What the browser keeps. Where storage is shut nothing is kept, and nothing else fails.

/**
 * @param {"localStorage" | "sessionStorage"} where
 * @param {string} name
 * @returns {unknown} null where there is nothing
 */
export function recall(where, name) {
  try {
    return JSON.parse(window[where].getItem(name) ?? "null");
  } catch {
    return null;
  }
}

/**
 * @param {"localStorage" | "sessionStorage"} where
 * @param {string} name
 * @param {unknown} value null takes it away
 */
export function keep(where, name, value) {
  try {
    if (value === null) window[where].removeItem(name);
    else window[where].setItem(name, JSON.stringify(value));
  } catch {
    // Private windows and full storage: the page works without.
  }
}
