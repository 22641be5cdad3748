/** `futureplan/backend`: write a backend of your own. It is named, told how to open a channel, and otherwise like the others. */

export { defineBackend, type BackendDefinition } from "./backends/defineBackend.ts";
export type { PoolDefinition, WorkerSeat } from "./backends/pool/PoolDefinition.ts";
export { processChannel } from "./backends/processChannel.ts";
export { localProcess, type Launch, type LaunchFrom } from "./launchers/localProcess.ts";
export type { Capabilities } from "./plans/Capabilities.ts";
export type { OptionReader, Rule } from "./plans/OptionReader.ts";
export type { SpecFactory } from "./plans/registerBackend.ts";
export type { PlanOptions, PlanSpec } from "./plans/PlanSpec.ts";
export { workerProgramUrl as workerProgram } from "./platform/workerProgram.ts";
export type { HostMessage, WorkerMessage } from "./protocol/messages.ts";
export type { Channel, ChannelEnd, ChannelListener } from "./transport/Channel.ts";
export { streamChannel, type StreamLink } from "./transport/streamChannel.ts";
export { threadChannel } from "./transport/threadChannel.ts";
