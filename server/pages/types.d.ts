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

export interface Summary {
  headline: string;
  explanation: string;
  share: string | null;
  family: string | null;
}

export interface Checked {
  text: string;
  title: string | null;
  verdict: Verdict;
  summary: Summary;
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
