import { work } from "./work.ts";

for (const line of await work()) console.log(line);
