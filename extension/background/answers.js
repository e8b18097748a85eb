/** What the server's answers must look like, apart from the verdict. */

import { API_VERSION, isRecord, isWebAddress } from "../lib/verdict.js";

/**
 * @typedef {{model: string, version?: string, thresholds: {suspicious: number, spun: number}}} Health
 * @typedef {{query: string, address: string}} Original both empty when nothing in the text stands out
 * @typedef {{headline: string, explanation: string, likely: string | null, facts: Record<string, string>}} Summary
 * @typedef {{comparison: {answer: string}, summary: Summary}} Compared
 * @typedef {{id: number, learnable: boolean}} Labelled
 */

/**
 * @param {unknown} value
 * @returns {value is Health}
 */
export function isHealth(value) {
  return (
    isRecord(value) &&
    value["api"] === API_VERSION &&
    typeof value["model"] === "string" &&
    isRecord(value["thresholds"])
  );
}

/**
 * @param {unknown} value
 * @returns {value is {manifest: unknown}}
 */
export function isModel(value) {
  return isRecord(value) && isRecord(value["manifest"]);
}

/**
 * @param {unknown} value
 * @returns {value is {pairing: string, expires_in: number}}
 */
export function isOffer(value) {
  return isRecord(value) && typeof value["pairing"] === "string" && typeof value["expires_in"] === "number";
}

/**
 * @param {unknown} value
 * @returns {value is {token: string}}
 */
export function isGrant(value) {
  return isRecord(value) && typeof value["token"] === "string" && value["token"] !== "";
}

/**
 * @param {unknown} value
 * @returns {value is Original}
 */
export function isOriginal(value) {
  if (!isRecord(value) || typeof value["query"] !== "string") return false;
  return value["address"] === "" || isWebAddress(value["address"]);
}

/**
 * @param {unknown} value
 * @returns {value is Compared}
 */
export function isCompared(value) {
  if (!isRecord(value) || !isRecord(value["comparison"]) || !isRecord(value["summary"])) return false;
  const { headline, explanation, likely, facts } = value["summary"];
  return (
    typeof value["comparison"]["answer"] === "string" &&
    typeof headline === "string" &&
    typeof explanation === "string" &&
    (likely === null || typeof likely === "string") &&
    isRecord(facts) &&
    Object.values(facts).every((fact) => typeof fact === "string")
  );
}

/**
 * @param {unknown} value
 * @returns {value is Labelled}
 */
export function isLabelled(value) {
  return isRecord(value) && Number.isInteger(value["id"]) && typeof value["learnable"] === "boolean";
}
