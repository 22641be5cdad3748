import { future } from "futureplan";
class Animal { static #count = 0; constructor(n) { this.n = n; Animal.#count++; } hi() { return "hi " + this.n; } }
const a = new Animal("x");
console.log(await future(() => a.hi()).then((v) => v, (e) => e.message));
class Account { #balance = 1; static #opened = 0; constructor(n) { this.#balance = n; Account.#opened++; } add(n) { this.#balance += n; return this; } get balance() { return [this.#balance, Account.#opened]; } }
const account = new Account(4);
const back = await future(() => account.add(2));
console.log(back instanceof Account, back.balance, account.balance);
// Prints:
// hi x
// true [ 6, 1 ] [ 4, 1 ]
