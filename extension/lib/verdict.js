/**
 * The server's answer, as detector/verdict.py defines it, and the guard that keeps anything else out.
 * Offsets count UTF-16 code units of the text that was sent, end exclusive.
 */

/**
 * @typedef {"spun" | "suspicious" | "clean" | "unscorable"} Label
 * @typedef {{start: number, end: number, text: string, weight: number, why: string,
 *   likely_original: string | null}} Evidence
 * @typedef {{start: number, end: number, score: number}} Window
 * @typedef {{name: string, confidence: number, pairs?: [string, string][]}} Family pairs: [spun, original]
 * @typedef {{url: string, title: string | null, verdict: Label, seen: number, similarity: number}} Near a page read
 *   before that tells the same story; seen: seconds since 1970
 * @typedef {{verdict: Label, reason: string | null, score: number | null, probability: number | null,
 *   false_alarm_rate: number | null, words: number, spun_share: number | null,
 *   family: Family | null, evidence: Evidence[], windows: Window[],
 *   model: string, marks: string[], extractor: string | null, api: number, near?: Near[]}} Verdict near: known to the
 *   server alone
 */

export const API_VERSION = 1;

const LABELS = ["spun", "suspicious", "clean", "unscorable"];

/**
 * @param {unknown} value
 * @returns {value is Verdict}
 */
export function isVerdict(value) {
  if (!isRecord(value)) return false;
  const numbers = ["score", "probability", "false_alarm_rate", "spun_share"];
  const scored = value["verdict"] !== "unscorable";
  return (
    value["api"] === API_VERSION &&
    LABELS.includes(String(value["verdict"])) &&
    isTextOrNull(value["reason"]) &&
    numbers.every((key) => (scored ? isNumber(value[key]) : value[key] === null)) &&
    isNumber(value["words"]) &&
    (value["family"] === null || isFamily(value["family"])) &&
    isListOf(value["evidence"], isEvidence) &&
    isListOf(value["windows"], isWindow) &&
    isListOf(value["marks"], (mark) => typeof mark === "string") &&
    (value["near"] === undefined || isListOf(value["near"], isNear)) &&
    typeof value["model"] === "string"
  );
}

/**
 * Does the verdict accuse the page?
 * @param {Verdict} verdict
 */
export function isFlagged(verdict) {
  return verdict.verdict === "spun" || verdict.verdict === "suspicious";
}

/** @param {unknown} value */
function isEvidence(value) {
  return (
    isRecord(value) &&
    isSpan(value) &&
    typeof value["text"] === "string" &&
    isNumber(value["weight"]) &&
    typeof value["why"] === "string" &&
    isTextOrNull(value["likely_original"])
  );
}

/** @param {unknown} value */
function isWindow(value) {
  return isRecord(value) && isSpan(value) && isNumber(value["score"]);
}

/** @param {unknown} value */
function isFamily(value) {
  if (!isRecord(value) || typeof value["name"] !== "string" || !isNumber(value["confidence"])) return false;
  return value["pairs"] === undefined || isListOf(value["pairs"], isPair);
}

/** @param {unknown} value */
function isPair(value) {
  return isListOf(value, (side) => typeof side === "string") && /** @type {unknown[]} */ (value).length === 2;
}

/** @param {unknown} value */
function isNear(value) {
  return (
    isRecord(value) &&
    isWebAddress(value["url"]) &&
    isTextOrNull(value["title"]) &&
    LABELS.includes(String(value["verdict"])) &&
    isNumber(value["seen"]) &&
    isNumber(value["similarity"])
  );
}

/**
 * An address that a link may lead to: never script or data.
 * @param {unknown} value
 */
export function isWebAddress(value) {
  return typeof value === "string" && /^https?:\/\//i.test(value);
}

/** @param {Record<string, unknown>} value */
function isSpan(value) {
  const { start, end } = value;
  return Number.isInteger(start) && Number.isInteger(end) && Number(start) >= 0 && Number(end) >= Number(start);
}

/**
 * @param {unknown} value
 * @param {(item: unknown) => boolean} isItem
 */
function isListOf(value, isItem) {
  return Array.isArray(value) && value.every(isItem);
}

/**
 * @param {unknown} value
 * @returns {value is Record<string, unknown>}
 */
export function isRecord(value) {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** @param {unknown} value */
function isNumber(value) {
  return typeof value === "number" && Number.isFinite(value);
}

/** @param {unknown} value */
function isTextOrNull(value) {
  return value === null || typeof value === "string";
}
