import { expect, test } from "vitest";
import { expected } from "./expected.ts";
import { work } from "./work.ts";

test("futures work inside vitest", async () => expect(await work()).toEqual(expected), 60_000);
