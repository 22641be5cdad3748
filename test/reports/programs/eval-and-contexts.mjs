// Texts that are evaluated see what is around them; code of vm contexts sees its context.
import vm from "node:vm";
import { future } from "futureplan";
const rate = 3;
const formula = "rate * x";
const apply = (text) => (x) => eval(text);
const cells = vm.createContext({ console });
vm.runInContext("var total = 40; const bonus = 2; function sum() { return total + bonus }", cells);
const cell = vm.runInContext("() => sum() + total", cells);
const f = apply(formula);
console.log(await future(() => f(5)), await future(() => eval("rate + 1")), await future(cell));
console.log(await future(() => eval("k + 1"), { globals: { k: 6 } }));
// Prints:
// 15 4 82
// 7
