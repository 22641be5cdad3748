/** The front door of `futureplan`. */

import "./platform/supportedHere.ts";
import "./random/feedMathRandom.ts";

export { asCompleted, type Completed, type CompletedResult } from "./api/asCompleted.ts";
export { availableCores } from "./api/availableCores.ts";
export { availableWorkers } from "./api/availableWorkers.ts";
export { cancel, type CancelOptions } from "./api/cancel.ts";
export { currentFuture } from "./api/currentFuture.ts";
export {
  FutureCanceled,
  FutureInterrupted,
  FutureTimeout,
  GlobalsNotFound,
  GlobalsTooLarge,
  LaunchError,
  NotPortable,
  OptionInvalid,
  PlanInvalid,
  ProtocolMismatch,
  RngMisuse,
  WorkerLost,
} from "./errors/errors.ts";
export { FutureError } from "./errors/FutureError.ts";
export { LeftOut } from "./errors/LeftOut.ts";
export { everywhere } from "./api/everywhere.ts";
export { future, type FutureArguments } from "./api/future.ts";
export { futureFilter } from "./api/maps/futureFilter.ts";
export { futureFlatMap } from "./api/maps/futureFlatMap.ts";
export { futureForEach } from "./api/maps/futureForEach.ts";
export { futureGroupMap } from "./api/maps/futureGroupMap.ts";
export { futureMap, type MapInput } from "./api/maps/futureMap.ts";
export { futureMapReduce } from "./api/maps/futureMapReduce.ts";
export { futureReduce } from "./api/maps/futureReduce.ts";
export { futureReplicate } from "./api/maps/futureReplicate.ts";
export { futureStream, type StreamOptions } from "./api/maps/futureStream.ts";
export { grid, type GridPoint } from "./api/maps/grid.ts";
export { nbrOfFreeWorkers } from "./api/nbrOfFreeWorkers.ts";
export { nbrOfWorkers } from "./api/nbrOfWorkers.ts";
export { outcome } from "./api/outcome.ts";
export { plan } from "./api/plan.ts";
export { reset } from "./api/reset.ts";
export { resolve } from "./api/resolve.ts";
export { resolved } from "./api/resolved.ts";
export { share } from "./api/share.ts";
export { shutdown } from "./api/shutdown.ts";
export { value, type FoldOptions, type ValueOptions } from "./api/value.ts";
export type { ElementOf, Values } from "./api/Values.ts";
export { withPlan } from "./api/withPlan.ts";
export { workerLocal } from "./api/workerLocal.ts";
export { Future } from "./core/Future.ts";
export type { FutureOptions, GlobalsCorrection, GlobalsOption } from "./core/FutureOptions.ts";
export type { StateTag as FutureState } from "./core/FutureState.ts";
export type { MapOptions, MapProgress, TypedArrayConstructor } from "./core/maps/MapOptions.ts";
export type { CollectedErrors } from "./core/maps/runMap.ts";
export type { NumpySeed, Stream } from "./core/FutureOptions.ts";
export type { Outcome, OutcomeFacts } from "./core/Outcome.ts";
export { WorkerLocal } from "./core/WorkerLocal.ts";
export type { CoreFindings } from "./platform/availableCores.ts";
export type { WorkerFindings } from "./platform/availableWorkers.ts";
export type { Capabilities } from "./plans/Capabilities.ts";
export type { PlanOptionsInput } from "./plans/parseOptions.ts";
export type { ClusterOptionsInput } from "./plans/clusterOptions.ts";
export type { HostInput } from "./plans/HostSpec.ts";
export { cluster, multicore, multisession, sequential } from "./plans/makeSpec.ts";
export { tweak, type Plan, type PlanLike, type PlanName } from "./plans/parsePlan.ts";
export type { PlanOptions, PlanSpec } from "./plans/PlanSpec.ts";
export type { OutputEntry, OutputMode } from "./protocol/messages.ts";
export type { FutureContext } from "./session/Session.ts";
