/** What can go wrong between extension and server, as one value the popup can put into words. */

import { isRecord } from "./verdict.js";

/**
 * server_off: nothing answers on the port. not_unspun: something else does. version: another API version.
 * unpaired: no token, or one the server does not know. unreadable: the browser lets no extension read the page.
 * page_gone: the page no longer holds the text that was judged. page_blank: it holds none. labels_full: no more fit.
 * private_window: nothing is kept of those.
 * @typedef {"server_off" | "not_unspun" | "version" | "unpaired" | "busy" | "slow" | "wrong_code" |
 *   "pairing_expired" | "unreadable" | "page_gone" | "page_blank" | "labels_full" | "private_window" |
 *   "problem"} TroubleKind
 * @typedef {{kind: TroubleKind, detail?: string, triesLeft?: number, retryAfterS?: number}} Trouble
 */

/**
 * The trouble behind an answer that is not a success. Problem documents are RFC 9457.
 * @param {Response} response
 * @returns {Promise<Trouble>}
 */
export async function troubleOf(response) {
  const problem = await readProblem(response);
  if (!problem) return { kind: "not_unspun" };
  const { reason, detail, title } = problem;
  if (reason === "wrong_code") return { kind: "wrong_code", triesLeft: Number(problem["tries_left"] ?? 0) };
  if (reason === "pairing_expired" || response.status === 410) return { kind: "pairing_expired" };
  if (response.status === 401 || response.status === 403) return { kind: "unpaired" };
  if (response.status === 429 || response.status === 503) {
    return { kind: "busy", retryAfterS: Number(response.headers.get("Retry-After") ?? 1) || 1 };
  }
  return { kind: "problem", detail: String(detail ?? title ?? response.status) };
}

/**
 * @param {Response} response
 * @returns {Promise<Record<string, unknown> | null>}
 */
async function readProblem(response) {
  const type = response.headers.get("Content-Type") ?? "";
  if (!type.startsWith("application/problem+json")) return null;
  try {
    const body = await response.json();
    return isRecord(body) ? body : null;
  } catch {
    return null;
  }
}
