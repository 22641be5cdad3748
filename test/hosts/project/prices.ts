/** A module of the user's own: what closures use of it travels by value. */

export const rate: number = 0.5;

function round(price: number): number {
  return Math.round(price);
}

export function discounted(price: number): number {
  return round(price * rate);
}

export class Basket {
  readonly #currency = "EUR";
  readonly prices: number[];
  static opened = 0;

  constructor(prices: number[]) {
    this.prices = prices;
    Basket.opened += 1;
  }

  total(): string {
    return `${discounted(this.prices.reduce((sum, price) => sum + price, 0))}${this.#currency}`;
  }
}

export class Parcel {
  readonly weight: number;

  constructor(weight: number) {
    this.weight = weight;
  }

  get heavy(): boolean {
    return this.weight > 10;
  }
}
