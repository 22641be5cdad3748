import { expect, test } from "@jest/globals";
import { expected } from "./expected.ts";
import { work } from "./work.ts";

test("futures work inside jest", async () => expect(await work()).toEqual(expected), 60_000);
