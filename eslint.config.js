/** Lint rules. Names are checked by tsc, which knows both worlds; eslint looks for habits that go wrong. */

import js from "@eslint/js";
import globals from "globals";

const NO_MARKUP = ["innerHTML", "outerHTML", "insertAdjacentHTML", "write"].map((property) => ({
  property,
  message: "Page and server text reach our UI as text only.",
}));

export default [
  { ignores: ["dist/", "build/", "node_modules/", ".venv/"] },
  js.configs.recommended,
  {
    languageOptions: { ecmaVersion: 2024, globals: { ...globals.browser, ...globals.webextensions, ...globals.node } },
    rules: {
      eqeqeq: "error",
      "no-var": "error",
      "prefer-const": "error",
      "no-eval": "error",
      "no-implied-eval": "error",
      "no-restricted-properties": ["error", ...NO_MARKUP],
      "max-lines": ["error", 220],
      "max-len": ["error", { code: 120 }],
    },
  },
  {
    files: ["tests/js/*.js"],
    rules: { "no-restricted-properties": "off" },
  },
  {
    // Classic scripts that share one world: a name of one file is used in another, which tsc checks.
    files: ["extension/page/*.js", "extension/links/on-page/*.js"],
    languageOptions: { sourceType: "script" },
    rules: { "no-var": "off", "no-undef": "off", "no-unused-vars": ["error", { vars: "local" }] },
  },
];
