import assert from "node:assert/strict";
import { test } from "node:test";
import { PAGE_FILES } from "../../extension/background/page-side.js";
import { createPages } from "../../extension/background/pages.js";

const WISH = /** @type {const} */ ({ scope: "page", manual: true, force: true });

/** @param {{present: boolean, open: boolean}} tab present: our page side is there; open: it may be put there */
function pagesWith(tab) {
  const files = /** @type {string[]} */ ([]);
  const browser = /** @type {any} */ ({
    tabs: {
      sendMessage: async (/** @type {number} */ _id, /** @type {{type: string}} */ message) => {
        if (!tab.present) throw new Error("Could not establish connection. Receiving end does not exist.");
        return message.type === "read" ? { kind: "not_article" } : true;
      },
    },
    scripting: {
      insertCSS: async (/** @type {{files: string[]}} */ wish) => void files.push(...wish.files),
      executeScript: async (/** @type {{files: string[]}} */ wish) => {
        if (!tab.open) throw new Error("Cannot access a chrome:// URL");
        files.push(...wish.files);
        tab.present = true;
      },
    },
  });
  return { pages: createPages(browser), files };
}

test("a page with our page side is asked straight away", async () => {
  const { pages, files } = pagesWith({ present: true, open: true });
  assert.deepEqual(await pages.read(1, WISH), { kind: "not_article" });
  assert.deepEqual(files, []);
});

test("a tab that was open before the extension gets its files first", async () => {
  const { pages, files } = pagesWith({ present: false, open: true });
  assert.deepEqual(await pages.read(1, WISH), { kind: "not_article" });
  assert.deepEqual(files, [...PAGE_FILES.css, ...PAGE_FILES.js]);
});

test("a page of the browser's own is unreadable, not an error", async () => {
  const { pages } = pagesWith({ present: false, open: false });
  assert.deepEqual(await pages.read(1, WISH), { kind: "unreadable" });
});

test("a tab that moved and has no page side is a new page", async () => {
  assert.equal(await pagesWith({ present: true, open: true }).pages.moved(1), true);
  assert.equal(await pagesWith({ present: false, open: true }).pages.moved(1), false);
});
