// What the server, the loader, the panel and the page around it tell each other; for `tsc --checkJs`, and for readers.

type Language = "zh-Hans" | "zh-Hant" | "en";

/** What /widget.js is given by the server. */
interface LoaderGiven {
  /** The version of the messages between loader and panel. */
  protocol: number;
  style: string;
  /** The visitor's language by the browser, and ours for other names of them, in lower case: "zh-tw". */
  language: Language;
  languages: Record<string, Language>;
  accent: string;
  words: Record<Language, { title: string; ask_here: string; close: string; away: string; again: string }>;
}

declare const given: LoaderGiven;

type WidgetEvent = "open" | "close" | "answer";
type Listener = (detail: { verdict?: Verdict }) => void;

/** `window.yuanwen`, for the scripts of the page. */
interface Yuanwen {
  open(): void;
  close(): void;
  toggle(): void;
  /** Take the widget off the page. */
  destroy(): void;
  /** Open the panel and ask. */
  ask(question: string): void;
  on(event: WidgetEvent, listener: Listener): void;
  off(event: WidgetEvent, listener: Listener): void;
}

interface Window {
  yuanwen?: Yuanwen;
}

/** From the loader: show yourself; ask this. */
type ToPanel = { type: "open"; focus: boolean } | { type: "ask"; question: string };

/** From the panel: I am there; close me; an answer was shown. */
type FromPanel = { type: "ready" } | { type: "close" } | { type: "answer"; verdict: Verdict };

// The JSON API, as in /docs.
type Verdict = "answered" | "unsure" | "none" | "talk";
type Span = [start: number, end: number];

interface Title {
  id: string;
  title: string;
}

interface Article extends Title {
  kicker: string;
  byline: string;
  section: string;
  page: string;
  source: string;
  published: string | null;
  url: string;
  correction: string;
  is_scanned: boolean;
}

interface Linked extends Title {
  link: string;
}

/** Where the same text was published. */
interface Copy extends Linked {
  source: string;
  published: string | null;
  correction: string;
}

interface Quote {
  text: string;
  start: number;
  end: number;
  marks: Span[];
  /** The part of a long first mark that answers. */
  clause: Span | null;
  article: Article;
  superseded_by: Linked | null;
  was_valid_until: string | null;
  also_in: Copy[];
  link: string;
  sentence_link: string;
}

/** The publisher's notice for somebody in need. */
interface Card {
  id: string;
  title: string;
  text: string;
  phones: string[];
}

/** What a question that is asked back lets choose; its question is to be asked next. */
interface Choice {
  label: string;
  question: string;
}

interface Answer {
  /** To be shown before all else; with them no votes and no other articles. */
  cards: Card[];
  answer_id: string;
  question: string;
  language: Language;
  verdict: Verdict;
  confidence: number;
  quotes: Quote[];
  nearest: Title[];
  /** What to say to small talk. */
  reply?: string;
  /** The articles that the reply speaks of. */
  listed: Title[];
  /** The answers to the questions of one line; there is none in a part. */
  parts: Answer[];
  /** Asked back instead of an answer. */
  choices: Choice[];
}

type Vote = "up" | "down";

/** What the panel's page is given by the server, as JSON in its element #given. */
interface PanelGiven {
  protocol: number;
  language: Language;
  /** Whether the site chose the language; else answers speak the question's. */
  isChosen: boolean;
  /** The confidence, 0 to 1, from which on an answer is "very likely". */
  verySure: number;
  /** What a line of a reply to small talk begins with that is a question to ask. */
  listed: string;
  /** The origin of the page around the panel if it may speak to it, else "". */
  site: string;
  question: string;
  /** What the publisher says of how to reach it: words, and what they lead to. */
  contact: [words: string, link: string][];
  words: Record<Language, Record<string, string>>;
}
