/** The only file that talks to the server. Every call gives the answer or throws an Error fit to show. */

/**
 * @param {{text: string} | {url: string}} body
 * @returns {Promise<import("./types").Checked>}
 */
export const check = (body) => call("POST", "/dashboard/check", body);

/**
 * @param {{text: string} | {url: string}} a
 * @param {{text: string} | {url: string}} b
 * @returns {Promise<import("./types").Compared>}
 */
export const compare = (a, b) => call("POST", "/dashboard/compare", { a, b });

/** @returns {Promise<import("./types").State>} */
export const readState = () => call("GET", "/dashboard/state");

/**
 * @param {string} id
 * @returns {Promise<null>}
 */
export const revoke = (id) => call("DELETE", `/dashboard/clients/${encodeURIComponent(id)}`);

/**
 * @param {Record<string, string>} query
 * @returns {Promise<import("./types").HistoryRows>}
 */
export const readHistory = (query) => call("GET", `/dashboard/history?${new URLSearchParams(query)}`);

/**
 * Forget one site, or with "" everything; the answer tells how many pages that were.
 * @param {string} site
 * @returns {Promise<{forgotten: number, labels: number}>}
 */
export const forget = (site) =>
  call("DELETE", site ? `/dashboard/history?${new URLSearchParams({ site })}` : "/dashboard/history");

/**
 * Words to look for the original with. Nothing is searched for by this.
 * @param {import("./types").Page} page
 * @returns {Promise<{query: string, address: string}>}
 */
export const findOriginal = (page) => call("POST", "/dashboard/original", page);

/**
 * The evidence report as a file.
 * @param {import("./types").Page} page
 * @returns {Promise<{name: string, blob: Blob}>}
 */
export const fetchReport = async (page) => fileOf(await answered("POST", "/dashboard/report", page));

/**
 * The comparison as a file, both texts side by side.
 * @param {{text: string} | {url: string}} a
 * @param {{text: string} | {url: string}} b
 * @returns {Promise<{name: string, blob: Blob}>}
 */
export const fetchComparison = async (a, b) =>
  fileOf(await answered("POST", "/dashboard/compare", { a, b, format: "html" }));

/**
 * @param {Record<string, string>} query
 * @returns {Promise<import("./types").LabelRows>}
 */
export const readLabels = (query) => call("GET", `/dashboard/labels?${new URLSearchParams(query)}`);

/**
 * Say what a text is; a label of null keeps it for the queue.
 * @param {{text: string, label: "spun" | "not-spun" | null, url: string | null, title: string | null}} label
 * @returns {Promise<import("./types").Labelled>}
 */
export const addLabel = (label) => call("POST", "/dashboard/labels", label);

/**
 * @param {number} id
 * @returns {Promise<null>}
 */
export const undoLabel = (id) => call("DELETE", `/dashboard/labels/${id}`);

/** @returns {Promise<{candidates: import("./types").Candidate[]}>} */
export const readQueue = () => call("GET", "/dashboard/labels/queue");

/**
 * @param {{text: number | null, url: string | null}} candidate
 * @returns {Promise<null>}
 */
export const skipLabel = (candidate) => call("POST", "/dashboard/labels/skip", candidate);

/**
 * @param {number} id
 * @returns {Promise<import("./types").Checked>}
 */
export const readText = (id) => call("GET", `/dashboard/texts/${id}`);

/**
 * @param {number} id
 * @param {"spun" | "not-spun"} label
 * @returns {Promise<null>}
 */
export const decideText = (id, label) => call("POST", `/dashboard/texts/${id}`, { label });

/**
 * @param {number} id
 * @returns {Promise<null>}
 */
export const dropText = (id) => call("DELETE", `/dashboard/texts/${id}`);

/** @returns {Promise<{name: string, blob: Blob}>} */
export const fetchLabels = async () => fileOf(await answered("GET", "/dashboard/labels/export"));

/** @returns {Promise<import("./types").ModelRows>} */
export const readModels = () => call("GET", "/dashboard/models");

/**
 * @param {string} id
 * @returns {Promise<{active: string}>}
 */
export const promoteModel = (id) => call("POST", `/dashboard/models/${encodeURIComponent(id)}`);

/** @returns {Promise<{active: string}>} */
export const rollBack = () => call("DELETE", "/dashboard/models/active");

/** @param {Response} response */
async function fileOf(response) {
  const named = /filename="([^"]+)"/.exec(response.headers.get("Content-Disposition") ?? "");
  return { name: named?.[1] ?? "unspun-report.html", blob: await response.blob() };
}

/**
 * @param {string} method
 * @param {string} path
 * @param {object} [body]
 */
async function call(method, path, body) {
  const response = await answered(method, path, body);
  return response.status === 204 ? null : response.json();
}

/**
 * @param {string} method
 * @param {string} path
 * @param {object} [body]
 */
async function answered(method, path, body) {
  const headers = { "X-Unspun": "1", "Content-Type": "application/json" };
  const response = await send(path, { method, headers, body: body ? JSON.stringify(body) : null });
  if (!response.ok) throw new Error((await response.json()).detail);
  return response;
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
