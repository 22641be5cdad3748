/** How to prove to a host who we are: the agent's keys, then key files, those with a passphrase last, which is only asked for when nothing else has worked. */

import { readFileSync } from "node:fs";
import type { AgentAuthMethod, AuthenticationType, NextAuthHandler, PublicKeyAuthMethod } from "ssh2";
import type { LaunchError } from "../../errors/errors.ts";
import { loadSsh2 } from "../../platform/ssh2.ts";
import { hostFault, textOf } from "./faults.ts";
import type { Passphrases } from "./Passphrases.ts";
import type { SshSettings } from "./SshSettings.ts";

type Method = AgentAuthMethod | PublicKeyAuthMethod;

export class SshKeys {
  readonly #settings: SshSettings;
  readonly #passphrases: Passphrases | undefined;
  readonly #methods: AsyncGenerator<Method, undefined>;
  /** What was tried, and what could not be. */
  readonly #notes: string[] = [];

  constructor(settings: SshSettings, passphrases: Passphrases | undefined) {
    this.#settings = settings;
    this.#passphrases = passphrases;
    this.#methods = this.#all();
  }

  /** ssh2 asks for the next one whenever one was refused. */
  readonly handler = (_left: readonly AuthenticationType[] | null, _partial: boolean | null, next: NextAuthHandler): void => {
    void this.#methods.next().then(({ value }) => {
      // `false` ends the authentication; the types know only of methods.
      Reflect.apply(next, undefined, [value ?? false]);
    });
  };

  /** None was accepted. */
  fault(cause: unknown): LaunchError {
    const { name, user } = this.#settings;
    const tried = this.#notes.length === 0 ? "there was no key to try" : this.#notes.join("; ");
    return hostFault(
      name,
      "authentication",
      `${user} was not let in (${tried})`,
      "Add the key to authorized_keys there, to the agent (ssh-add), name it by IdentityFile, or give the option `passphrase`.",
      cause,
    );
  }

  async *#all(): AsyncGenerator<Method, undefined> {
    const { agent, user: username } = this.#settings;
    if (agent !== undefined) {
      this.#notes.push(`the agent at ${agent} had none that fits`);
      yield { type: "agent", username, agent: this.#agent(agent) };
    }
    const locked: string[] = [];
    for (const file of this.#settings.identityFiles) {
      const key = this.#read(file, locked);
      if (key !== undefined) yield { type: "publickey", username, key };
    }
    for (const file of locked) {
      const passphrase = await this.#ask(file);
      const key = passphrase === undefined ? undefined : this.#unlock(file, passphrase);
      if (key !== undefined) yield { type: "publickey", username, key };
    }
    return undefined;
  }

  #read(file: string, locked: string[]): Buffer | undefined {
    let text: Buffer;
    try {
      text = readFileSync(file);
    } catch (error) {
      if (!(error instanceof Error && "code" in error && error.code === "ENOENT"))
        this.#notes.push(`${file} could not be read (${textOf(error)})`);
      return undefined;
    }
    const key = loadSsh2().utils.parseKey(text);
    if (!(key instanceof Error)) {
      this.#notes.push(`${file} was refused`);
      return text;
    }
    if (/encrypted|passphrase/i.test(key.message)) locked.push(file);
    else this.#notes.push(`${file} is no key that can be used (${key.message})`);
    return undefined;
  }

  async #ask(file: string): Promise<string | undefined> {
    if (this.#passphrases === undefined) {
      this.#notes.push(`${file} needs a passphrase`);
      return undefined;
    }
    try {
      return await this.#passphrases.of(file);
    } catch (error) {
      this.#notes.push(`the plan's \`passphrase\` function failed for ${file} (${textOf(error)})`);
      return undefined;
    }
  }

  #unlock(file: string, passphrase: string): ReturnType<typeof firstKey> {
    const key = firstKey(loadSsh2().utils.parseKey(readFileSync(file), passphrase));
    if (key === undefined) this.#passphrases?.forget(file);
    this.#notes.push(key === undefined ? `the passphrase for ${file} is wrong` : `${file} was refused`);
    return key;
  }

  /** With `IdentitiesOnly`, only those of its keys whose public half lies beside a key file. */
  #agent(path: string): AgentAuthMethod["agent"] {
    const { identitiesOnly, identityFiles } = this.#settings;
    if (!identitiesOnly) return path;
    const { OpenSSHAgent, utils } = loadSsh2();
    const wanted = new Set(identityFiles.flatMap((file) => publicKey(file, utils.parseKey) ?? []));
    const agent = new OpenSSHAgent(path);
    const all = agent.getIdentities.bind(agent);
    agent.getIdentities = (done) =>
      all((error, keys) =>
        done(
          error,
          keys?.filter((key) => "getPublicSSH" in key && wanted.has(key.getPublicSSH().toString("base64"))),
        ),
      );
    return agent;
  }
}

type Parse = ReturnType<typeof loadSsh2>["utils"]["parseKey"];

function firstKey(parsed: ReturnType<Parse>): Exclude<ReturnType<Parse>, Error> | undefined {
  return parsed instanceof Error ? undefined : parsed;
}

function publicKey(file: string, parse: Parse): string | undefined {
  try {
    return firstKey(parse(readFileSync(`${file}.pub`)))
      ?.getPublicSSH()
      .toString("base64");
  } catch {
    return undefined; // without it the agent's key cannot be told to be this one
  }
}
