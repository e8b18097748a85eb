/** A text's name where the text itself is not kept. */

/**
 * SHA-256 of the text in UTF-8, 64 hexadecimal digits.
 * @param {string} text
 */
export async function hashOf(text) {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(text));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
