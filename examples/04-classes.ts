/** Classes and their instances travel, and what comes home has its home class back. */

import { future, value } from "futureplan";

class Account {
  readonly owner: string;
  readonly cents: number;

  constructor(owner: string, cents: number) {
    this.owner = owner;
    this.cents = cents;
  }

  plus(cents: number): Account {
    return new Account(this.owner, this.cents + cents);
  }
}

const before = new Account("Ada", 100);
const after = await value(future(() => before.plus(20)));

console.log(after);
console.log(after instanceof Account, after.plus(1).cents, before.cents);

// Prints:
// Account { owner: 'Ada', cents: 120 }
// true 121 100
