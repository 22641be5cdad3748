const same = "0.5 5 6 b.txt | 11 | 4EUR true true | true false | true | 12,2";

export const expected: string[] = ["sequential", "multicore", "multisession"].map((name) => `${name}: ${same}`);
