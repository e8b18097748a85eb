/** What the server answers, as JSON: the same names as in server/payloads.py and detector/verdict.py. */

export interface Evidence {
  start: number;
  end: number;
  text: string;
  weight: number;
  why: string;
  likely_original: string | null;
}

export interface Stretch {
  start: number;
  end: number;
  score: number;
}

export interface Verdict {
  verdict: "spun" | "suspicious" | "clean" | "unscorable";
  score: number | null;
  words: number;
  spun_share: number | null;
  evidence: Evidence[];
  windows: Stretch[];
  marks: string[];
  extractor: string | null;
}

export interface Near {
  url: string;
  title: string | null;
  verdict: "spun" | "suspicious" | "clean";
  seen: number;
  similarity: number;
}

export interface Summary {
  headline: string;
  explanation: string;
  share: string | null;
  family: string | null;
}

export interface Checked {
  text: string;
  title: string | null;
  verdict: Verdict & { near: Near[] };
  summary: Summary;
}

/** A text to report on, and where it comes from. */
export interface Page {
  text: string;
  title: string | null;
  url: string | null;
  extractor: string | null;
}

export interface Pairing {
  client: string;
  origin: string;
  code: string;
  expires_in: number;
}

export interface Client {
  id: string;
  name: string;
  origin: string;
  paired_at: number;
}

export interface State {
  model: string;
  pairings: Pairing[];
  clients: Client[];
}

export interface SeenPage {
  url: string;
  title: string | null;
  site: string;
  first_seen: number;
  last_seen: number;
  times: number;
  words: number;
  verdict: "spun" | "suspicious" | "clean";
  false_alarm_rate: number;
  family: string | null;
  model: string;
}

export interface HistoryRows {
  on: boolean;
  days: number;
  total: number;
  pages: SeenPage[];
  next: number | null;
}

export interface Passage {
  start: number;
  end: number;
  text: string;
}

export interface Change {
  kind: "swap" | "name" | "number" | "reworded" | "left_out" | "put_in";
  a: Passage;
  b: Passage;
  quoted: boolean;
  sure: boolean;
}

export interface ComparedRow {
  a: Passage | null;
  b: Passage | null;
  similarity: number | null;
  changes: Change[];
}

export interface Compared {
  a: { title: string | null; extractor: string | null };
  b: { title: string | null; extractor: string | null };
  comparison: { answer: "copy" | "spun copy" | "same topic" | "unrelated"; rows: ComparedRow[] };
  summary: CompareSummary;
}

export interface SwapCount {
  a: string;
  b: string;
  times: number;
}

export interface CompareSummary {
  headline: string;
  explanation: string;
  likely: string | null;
  facts: Record<string, string>;
  swaps: SwapCount[];
}

export interface Said {
  id: number;
  label: "spun" | "not-spun";
  who: string;
  client: string;
  time: number;
  model: string;
  score: number | null;
}

export interface LabelledText {
  id: number;
  url: string | null;
  title: string | null;
  site: string;
  beginning: string;
  has_text: boolean;
  words: number;
  verdict: string;
  counts_as: "spun" | "not-spun" | null;
  decided: boolean;
  labels: Said[];
}

export interface LabelRows {
  counts: { spun: number; not_spun: number; contradiction: number; doubtful: number; waiting: number; textless: number };
  keeps_texts: boolean;
  days: number;
  texts: LabelledText[];
  next: number | null;
}

export interface Labelled {
  id: number | null;
  text: number;
  new: boolean;
  merged: boolean;
  contradiction: boolean;
  learnable: boolean;
}

export interface Candidate {
  text: number | null;
  url: string | null;
  title: string | null;
  site: string;
  beginning: string;
  words: number;
  verdict: string;
  family: string | null;
  reasons: string[];
}

export interface ModelRow {
  id: string;
  active: boolean;
  previous: boolean;
  created: string;
  parents: string[];
  facts: Record<string, string>;
  gate: string[];
  figures: string[];
  papers: string[];
  problem: string | null;
}

export interface ModelRows {
  active: string;
  previous: string | null;
  models: ModelRow[];
}
