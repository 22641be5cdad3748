/** Numbers as text. */

/** Three digits, or whole with separators. */
export function compact(x) {
  return Math.abs(x) >= 1000 ? Math.round(x).toLocaleString("en") : String(Number(x.toPrecision(3)));
}

/** With its unit: `36.4 µs`, `24,100/s`, `1.95 ×`. */
export const withUnit = (x, unit) => `${compact(x)}${unit === "/s" ? unit : ` ${unit}`}`;

/** A row of a markdown table. */
export const row = (cells) => `| ${cells.join(" | ")} |`;
