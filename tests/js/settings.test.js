import assert from "node:assert/strict";
import { test } from "node:test";
import { SETTINGS, readSettings, settingOf, writeSetting } from "../../extension/lib/settings.js";
import { PRIVATE_SITES } from "../../extension/lib/sites.js";
import { MESSAGES, memoryArea } from "./fakes.js";

test("an empty store gives the defaults", async () => {
  assert.deepEqual(await readSettings(memoryArea()), {
    mode: "click",
    highlights: true,
    strength: "all",
    banner: true,
    sitesOff: PRIVATE_SITES,
    links: false,
    port: 5151,
  });
});

test("what is stored wins, and what is out of range does not", async () => {
  const area = memoryArea({ port: 6000, mode: "sometimes", highlights: "yes", sitesOff: ["example.com"] });
  assert.deepEqual(await readSettings(area), {
    mode: "click",
    highlights: true,
    strength: "all",
    banner: true,
    sitesOff: ["example.com"],
    links: false,
    port: 6000,
  });
});

test("a port is a whole number from 1024 to 65535", async () => {
  const area = memoryArea();
  for (const wrong of [80, 1023, 65536, 5151.5, NaN, "5151", null]) {
    assert.equal(await writeSetting(area, settingOf("port"), wrong), false);
  }
  assert.equal(area.stored.size, 0);
  assert.equal(await writeSetting(area, settingOf("port"), 65535), true);
  assert.equal(area.stored.get("port"), 65535);
});

test("every row of the table has its texts", () => {
  for (const { label, help, choices = [] } of SETTINGS) {
    for (const key of [label, help, ...choices.map((choice) => choice.label)]) assert.ok(MESSAGES[key], key);
  }
});

test("the token is no setting", () => {
  const keys = SETTINGS.map(({ key }) => key).sort();
  assert.deepEqual(keys, ["banner", "highlights", "links", "mode", "port", "sitesOff", "strength"]);
});
