// The button that opens the panel.

const QUOTE_SIGNS = "M6 7h5v5q0 4-4 5v-2q2-.6 2-3H6zm7 0h5v5q0 4-4 5v-2q2-.6 2-3h-3z";

/**
 * @param {Options} options
 * @param {() => void} onPress
 */
function makeButton(options, onPress) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "open";
  button.setAttribute("aria-haspopup", "dialog");
  button.setAttribute("aria-expanded", "false");
  button.setAttribute("aria-controls", "panel");
  button.style.backgroundColor = options.color ?? given.accent;
  button.style.color = readableOn(options.color ?? given.accent);
  button.append(makeIcon(QUOTE_SIGNS), given.words[options.language].ask_here);
  button.addEventListener("click", onPress);
  return button;
}

/** @param {string} path */
function makeIcon(path) {
  const icon = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  const line = document.createElementNS("http://www.w3.org/2000/svg", "path");
  icon.setAttribute("viewBox", "0 0 24 24");
  icon.setAttribute("aria-hidden", "true");
  line.setAttribute("d", path);
  icon.append(line);
  return icon;
}

/**
 * White or black, whichever has more contrast: at least 4.5 on every color (WCAG 2.2, relative luminance).
 * @param {string} color #rrggbb
 */
function readableOn(color) {
  const [red, green, blue] = [1, 3, 5].map((at) => {
    const channel = parseInt(color.slice(at, at + 2), 16) / 255;
    return channel <= 0.04045 ? channel / 12.92 : ((channel + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue > 0.179 ? "#000000" : "#ffffff";
}
