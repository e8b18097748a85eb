/** Pages read before that share the names and numbers of the text: copies of one story, however they are worded. */
import { byId, element } from "./elements.js";

/** @param {import("./types").Near[]} near */
export function showNear(near) {
  byId("near").hidden = near.length === 0;
  const many = `${near.length} other pages you read tell this story`;
  byId("near-words").textContent = near.length === 1 ? "Another page you read tells this story" : many;
  byId("near-rows").replaceChildren(...near.map(row));
}

/** @param {import("./types").Near} page */
function row(page) {
  const link = element("a", { href: page.url, target: "_blank", rel: "noreferrer noopener" });
  link.textContent = page.title ?? page.url;
  const seen = new Date(page.seen * 1000).toLocaleDateString(undefined, { dateStyle: "medium" });
  const alike = `${Math.round(page.similarity * 100)} % of the names and numbers are the same`;
  return element("li", { className: page.verdict }, [
    link,
    element("p", { className: "quiet" }, [
      element("span", { className: "label", textContent: page.verdict }),
      ` · ${new URL(page.url).host} · ${seen} · ${alike}`,
    ]),
  ]);
}
