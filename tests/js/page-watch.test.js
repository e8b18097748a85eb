import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { pageWorld } from "./page-world.js";

/** A watch on a page whose clock and mutations the test drives. */
function watching() {
  mock.timers.reset();
  mock.timers.enable({ apis: ["setTimeout"] });
  const clock = { now: 0 };
  /** @type {(records: object[]) => void} */
  let report = () => undefined;
  class MutationObserver {
    isOn = false;
    /** @param {(records: object[]) => void} callback */
    constructor(callback) {
      report = (records) => this.isOn && callback(records);
    }
    observe() {
      this.isOn = true;
    }
    disconnect() {
      this.isOn = false;
    }
  }
  const world = pageWorld("", {
    MutationObserver,
    performance: { now: () => clock.now },
    setTimeout,
    clearTimeout,
  });
  const looks = /** @type {number[]} */ ([]);
  const watch = world["createWatch"](world["document"], () => looks.push(clock.now));
  watch.start([]);
  return {
    looks,
    watch,
    /** @param {number} ms */
    pass(ms) {
      for (let step = 0; step < ms; step += 50) {
        clock.now += 50;
        mock.timers.tick(50);
      }
    },
    /** @param {() => void} onRead */
    addCounted(onRead) {
      const node = { get textContent() { onRead(); return "x".repeat(1_000); } };
      report([{ addedNodes: [node] }]);
    },
    /** @param {number} units */
    add(units) {
      report([{ addedNodes: [{ textContent: "x".repeat(units) }] }]);
    },
  };
}

test("the page is looked at once when asked", () => {
  const page = watching();
  page.watch.schedule();
  page.watch.schedule();
  page.pass(5_000);
  assert.equal(page.looks.length, 1);
});

test("small additions are ignored, and add up", () => {
  const page = watching();
  page.add(300);
  page.pass(2_000);
  assert.equal(page.looks.length, 0);
  page.add(300);
  page.pass(2_000);
  assert.equal(page.looks.length, 1);
});

test("a page that changes all the time is looked at at most once a second, and ever more rarely", () => {
  const page = watching();
  for (let i = 0; i < 600; i++) {
    page.add(1_000);
    page.pass(100);
  }
  const pauses = page.looks.slice(1).map((at, index) => at - Number(page.looks[index]));
  assert.ok(Math.min(...pauses) >= 1_000, String(pauses));
  assert.ok(page.looks.length < 10, String(page.looks.length));
});

test("a stopped watch never looks again", () => {
  const page = watching();
  page.watch.schedule();
  page.watch.stop();
  page.add(5_000);
  page.pass(5_000);
  assert.equal(page.looks.length, 0);
});

test("a page that has been quiet is looked at soon again", () => {
  const page = watching();
  for (let i = 0; i < 100; i++) {
    page.add(1_000);
    page.pass(100);
  }
  page.pass(60_000);
  const before = page.looks.length;
  page.add(1_000);
  page.pass(100);
  assert.equal(page.looks.length, before + 1);
});

test("a flood of changes is not even listened to between two looks", () => {
  const page = watching();
  page.add(1_000);
  let read = 0;
  page.addCounted(() => (read += 1));
  page.addCounted(() => (read += 1));
  assert.equal(read, 0);
});
