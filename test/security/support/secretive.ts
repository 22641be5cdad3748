/** Values that hold a secret in every place where values can: what captures, arguments and results of the tests are made of. */

export class Account {
  readonly password: string;
  constructor(password: string) {
    this.password = password;
  }
}

/** `deep` is put beside the secret in each of the places. */
export function secretive(secret: string, deep: unknown = 1): Readonly<Record<string, unknown>> {
  return {
    text: [secret, deep],
    mapValue: new Map<unknown, unknown>([["k", [secret, deep]]]),
    mapKey: new Map<unknown, unknown>([[secret, deep]]),
    mapOfObjectKeys: new Map<unknown, unknown>([[{ secret, deep }, 1]]),
    set: new Set<unknown>([secret, { deep }]),
    instance: Object.assign(new Account(secret), { deep }),
    error: Object.assign(new Error(secret), { token: secret, deep }),
    bytes: [new TextEncoder().encode(secret), deep],
    bound: ((...given: unknown[]) => given).bind(secret, secret, deep),
    closure: () => [secret, deep],
    number: [Number.parseInt(secret.replaceAll(/\D/g, "").slice(0, 12), 10), deep],
  };
}

/** The names of the places. */
export const places: readonly string[] = Object.keys(secretive(""));
