/**
 * The WebAssembly of PCG64; scripts/pcg64Module.mjs is its source and explains it.
 * Written by scripts/makeRandomTables.mjs.
 */

/** base64 of the module. */
export const pcg64Module =
  "AGFzbQEAAAABBQFgAX8AAwIBAAUDAQABBxECBm1lbW9yeQIABGZpbGwAAArtAQHqAQIBfwV+QQApAwAhAkEAKQMIIQNBACkDECEEQQApAxghBUEgIQEDQCACQiCIQsXss/4JfiACQv////8Pg0LF7LP+CX5CIIh8IQYgA0LF7LP+yez3wsMAfiACQqS7mf7RoLuwI358IAJCIIhC5L6XnAR+IAZCIIh8fCAGQv////8PgyACQv////8Pg0LkvpecBH58QiCIfCEDIAJCxeyz/sns98LDAH4gBHwhAiADIAV8IAIgBFStfCEDIAEgAyAChSADQjqIikIgiTcDACABQQhqIQEgASAASQ0AC0EAIAI3AwBBACADNwMICw==";
