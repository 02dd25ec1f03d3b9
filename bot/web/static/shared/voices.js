// Reading aloud, where the browser has a voice for the language.

const voices = window.speechSynthesis;

/** @type {Record<string, string[]>} the browser's names of our languages, the best first */
const TAGS = { "zh-Hans": ["zh-CN", "zh"], "zh-Hant": ["zh-TW", "zh-HK", "zh"], zh: ["zh-CN", "zh"], en: ["en"] };

/** @param {string} language */
function voiceFor(language) {
  const all = voices?.getVoices() ?? [];
  const found = (TAGS[language] ?? []).map((tag) => all.find((voice) => voice.lang.replace("_", "-").startsWith(tag)));
  return found.find(Boolean) ?? null;
}

/** @param {string} language */
export const canRead = (language) => voiceFor(language) !== null;

/** @param {() => void} action what to do when voices have come, which may be late */
export function onVoices(action) {
  action();
  voices?.addEventListener?.("voiceschanged", action);
}

export const stopReading = () => voices?.cancel();

/**
 * @param {{ text: string, language: string }[]} parts
 * @param {() => void} onEnd
 */
export function readAloud(parts, onEnd) {
  parts.forEach(({ text, language }, place) => {
    const spoken = new SpeechSynthesisUtterance(text);
    spoken.lang = language;
    spoken.voice = voiceFor(language);
    if (place === parts.length - 1) spoken.addEventListener("end", onEnd);
    voices.speak(spoken);
  });
}
