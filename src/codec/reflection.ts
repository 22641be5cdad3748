/** The language's own reflection, as it was before any code of the user's could replace it. Short names: the worker's program is full of them. */

export const descriptorOf: typeof Object.getOwnPropertyDescriptor = Object.getOwnPropertyDescriptor;
export const prototypeOf: typeof Object.getPrototypeOf = Object.getPrototypeOf;
