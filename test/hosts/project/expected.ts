const same = "0.5 5 6 b.txt | 11 | 4EUR true true | true false | true | 12,2 | 0.489434,0.994546";

export const expected: string[] = ["sequential", "multicore", "multisession"].map((name) => `${name}: ${same}`);
