/** What page/ finds in its world: Readability, put there by the files before ours. */

declare const Readability: typeof import("@mozilla/readability").Readability;

interface Document {
  /** Chromium only: the page is being prepared before the reader opens it. */
  readonly prerendering?: boolean;
}
