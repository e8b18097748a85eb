/** What the server's answers must look like, apart from the verdict. */

import { API_VERSION, isRecord } from "../lib/verdict.js";

/**
 * @typedef {{model: string, thresholds: {suspicious: number, spun: number}}} Health
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
