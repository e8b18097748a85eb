/** The only file that talks to the server. Every call gives the answer or throws an Error fit to show. */

/**
 * @param {{text: string} | {url: string}} body
 * @returns {Promise<import("./types").Checked>}
 */
export const check = (body) => call("POST", "/dashboard/check", body);

/** @returns {Promise<import("./types").State>} */
export const readState = () => call("GET", "/dashboard/state");

/**
 * @param {string} id
 * @returns {Promise<null>}
 */
export const revoke = (id) => call("DELETE", `/dashboard/clients/${encodeURIComponent(id)}`);

/**
 * @param {string} method
 * @param {string} path
 * @param {object} [body]
 */
async function call(method, path, body) {
  const headers = { "X-Unspun": "1", "Content-Type": "application/json" };
  const response = await send(path, { method, headers, body: body ? JSON.stringify(body) : null });
  if (response.status === 204) return null;
  const answer = await response.json();
  if (!response.ok) throw new Error(answer.detail);
  return answer;
}

/**
 * @param {string} path
 * @param {RequestInit} request
 */
async function send(path, request) {
  try {
    return await fetch(path, request);
  } catch {
    throw new Error("The server does not answer. Start it again: unspun serve");
  }
}
