/** Making and finding elements. Text goes in by textContent only. */

/**
 * The element of this id, which the page holds.
 * @param {string} id
 */
export function byId(id) {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`no element #${id}`);
  return found;
}

/**
 * @template {keyof HTMLElementTagNameMap} Name
 * @param {Name} name
 * @param {Partial<HTMLElementTagNameMap[Name]>} [properties]
 * @param {(Node | string)[]} [children]
 * @returns {HTMLElementTagNameMap[Name]}
 */
export function element(name, properties = {}, children = []) {
  const made = Object.assign(document.createElement(name), properties);
  made.append(...children);
  return made;
}

/**
 * What was thrown, in words.
 * @param {unknown} error
 */
export const messageOf = (error) => (error instanceof Error ? error.message : String(error));

/**
 * Hands a file to the browser to save.
 * @param {{name: string, blob: Blob}} file
 */
export function saveFile({ name, blob }) {
  const link = element("a", { href: URL.createObjectURL(blob), download: name });
  link.click();
  // The browser reads the file after this turn; an address that stays would keep it in memory.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
