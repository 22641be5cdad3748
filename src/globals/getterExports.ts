/** Exports as bundlers write them, behind getters that return a variable: read in the getter's scopes, for a getter may load something. */

import { isNative, textOf } from "../codec/encode/objects.ts";
import { lookAt } from "../platform/inspector.ts";
import { InspectorAbsent } from "../platform/inspectorSession.ts";

const pattern = /^(?:\(\)\s*=>\s*([\w$]+)|function\s*\(\)\s*\{\s*return ([\w$]+);?\s*\})$/;

/** The names of such exports, with what they give. */
export function getterExports(exports: object): readonly (readonly [name: string, value: unknown])[] {
  try {
    return Object.entries(Object.getOwnPropertyDescriptors(exports)).flatMap(([name, { get }]) => {
      const [, arrow, variable = arrow] = (get !== undefined && !isNative(get) && pattern.exec(textOf(get))) || [];
      const frame = get === undefined || variable === undefined ? undefined : lookAt(get).scopes.find(({ object }) => variable in object);
      return frame === undefined || variable === undefined ? [] : [[name, frame.object[variable]]];
    });
  } catch (error) {
    // A variable that is not initialised throws.
    if (error instanceof InspectorAbsent || error instanceof ReferenceError) return [];
    throw error;
  }
}
