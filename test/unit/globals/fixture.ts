/** A module of the user's own: what it exports travels by value. */

export const factor = 10;

export function helper(x: number): number {
  return inner(x) * factor;
}

function inner(x: number): number {
  return x + 1;
}

export class Point {
  static made = 0;
  x: number;
  y: number;
  constructor(x: number, y: number) {
    this.x = x;
    this.y = y;
  }
  static of(x: number): Point {
    return new Point(x, x);
  }
  get sum(): number {
    return this.x + this.y;
  }
  norm(): number {
    return Math.hypot(this.x, this.y);
  }
}

export class Point3 extends Point {
  z: number;
  #secret = 1;
  constructor(x: number, y: number, z: number) {
    super(x, y);
    this.z = z;
  }
  override norm(): number {
    return super.norm() + this.z + this.#secret;
  }
}
