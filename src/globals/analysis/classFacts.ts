/** What a class's text holds besides the bodies of its methods: whoever rebuilds the class handles these parts apart. */

import type { ClassExpression, MethodDefinition, PropertyDefinition } from "acorn";
import { staticKey } from "./patterns.ts";
import { privateFacts, type PrivateFacts } from "./privateFacts.ts";
import type { Range } from "./Scope.ts";

/** A static field or static block, in the order of the text. */
export type StaticPart =
  | {
      readonly type: "field";
      /** The name, with `#` if private; `undefined` if computed. */
      readonly key: string | undefined;
      readonly private: boolean;
      /** The initialiser's expression; `undefined` if there is none. */
      readonly value: Range | undefined;
      readonly range: Range;
    }
  | { readonly type: "block"; readonly range: Range };

/** A method or accessor; its `toString` is the end of its range, without the word `static`. */
export interface ClassMember {
  /** `undefined` if computed. */
  readonly key: string | undefined;
  readonly static: boolean;
  readonly range: Range;
}

export interface ClassFacts {
  /** The expression after `extends`. */
  readonly heritage: Range | undefined;
  /** The expressions in the brackets of computed keys of methods and fields. */
  readonly computedKeys: readonly Range[];
  readonly statics: readonly StaticPart[];
  /** Public methods and accessors, without the constructor. */
  readonly members: readonly ClassMember[];
  /** Of its instances; `undefined`: they have none. */
  readonly privates: PrivateFacts | undefined;
}

/** Lists the parts of a class; `shift` is subtracted from the parser's offsets. */
export function classFacts(node: ClassExpression, shift: number): ClassFacts {
  const range = ({ start, end }: Range): Range => ({ start: start - shift, end: end - shift });
  const keyed = node.body.body.filter((element) => element.type !== "StaticBlock");
  return {
    heritage: node.superClass ? range(node.superClass) : undefined,
    computedKeys: keyed.filter(({ computed }) => computed).map(({ key }) => range(key)),
    statics: node.body.body.flatMap((element) => {
      if (element.type === "StaticBlock") return [{ type: "block" as const, range: range(element) }];
      return element.type === "PropertyDefinition" && element.static ? [staticField(element, range)] : [];
    }),
    members: keyed.filter(isPublicMethod).map((element) => ({ key: staticKey(element), static: element.static, range: range(element) })),
    privates: privateFacts(node, shift),
  };
}

function staticField(field: PropertyDefinition, range: (node: Range) => Range): StaticPart {
  return {
    type: "field",
    key: staticKey(field),
    private: field.key.type === "PrivateIdentifier",
    value: field.value ? range(field.value) : undefined,
    range: range(field),
  };
}

function isPublicMethod(element: MethodDefinition | PropertyDefinition): boolean {
  return element.type === "MethodDefinition" && element.kind !== "constructor" && element.key.type !== "PrivateIdentifier";
}
