/** The user's own error arrives as it was thrown; trouble of the library's is a `FutureError` with a `_tag`. */

import { FutureError, future, value } from "futureplan";

class OutOfStock extends Error {
  readonly article: string;

  constructor(article: string) {
    super(`no ${article} left`);
    this.article = article;
  }
}

const sell = (article: string): string => {
  throw new OutOfStock(article);
};

try {
  await value(future(() => sell("tea")));
} catch (error) {
  if (error instanceof OutOfStock) console.log(error.message, "|", error.article);
}

const socket = new WeakRef({});
try {
  await value(future(() => socket, { label: "sockets" }));
} catch (error) {
  if (error instanceof FutureError) console.log(error._tag, error.label);
}

// Prints:
// no tea left | tea
// NotPortable sockets
