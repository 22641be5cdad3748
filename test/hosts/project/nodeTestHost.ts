import { deepEqual } from "node:assert/strict";
import { test } from "node:test";
import { expected } from "./expected.ts";
import { work } from "./work.ts";

test("futures work inside node:test", async () => deepEqual(await work(), expected));
