/** piscina finds tasks by the names of exports; each takes one value. */

import { move, workerData } from "piscina";
import * as tasks from "../../workloads/tasks.mjs";

tasks.setData(workerData);
export const noop = () => tasks.noop();
export const spin = ([n]) => tasks.spin(n);
export const spinMany = ([ns]) => tasks.spinMany(ns);
export const mapArray = ([xs]) => tasks.mapArray(xs);
export const mapF64 = ([xs]) => move(tasks.mapF64(xs));
export const mapShared = (args) => tasks.mapShared(...args);
export const mean = ([xs]) => tasks.mean(xs);
export const meanOfData = () => tasks.meanOfData();
export const sleep = ([ms]) => tasks.sleep(ms);
