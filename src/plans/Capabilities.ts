/** What a backend can do. Shared code asks these, never a backend's name. Known without loading the backend. */
export interface Capabilities {
  /** Runs futures beside the main thread. */
  readonly parallel: boolean;
  /** Workers may be on another machine: no shared file system, no shared environment. */
  readonly remote: boolean;
  /** `SharedArrayBuffer`s are really shared. */
  readonly sharedMemory: boolean;
  /** A running future can be ended by force (endless loops too). */
  readonly interrupts: boolean;
  /** `process.chdir` and `process.umask` exist in the worker. */
  readonly chdir: boolean;
  /** A worker that dies takes nothing else with it: `WorkerLost` instead of the end of the home process. */
  readonly isolated: boolean;
  /** Workers have a process id of their own. */
  readonly processes: boolean;
}
