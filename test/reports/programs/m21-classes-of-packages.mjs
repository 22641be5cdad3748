// Results of packages that keep their classes to themselves, make them by factories, or replace their prototypes.
import { future } from "futureplan";
import * as arrow from "apache-arrow";
import BN from "bn.js";
import dayjs from "dayjs";
import { Map as IMap, OrderedMap, Record } from "immutable";
import { RandomForestClassifier } from "ml-random-forest";
import { PolynomialRegression, SLR } from "ml-regression";
import * as mongodb from "mongodb";
import moment from "moment";
import * as rx from "rxjs";
import { DateTime } from "luxon";
import Decimal from "decimal.js";

const day = await future(() => dayjs(0));
console.log("dayjs", dayjs.isDayjs(day), day instanceof dayjs, day.add(1, "day").valueOf());
const later = moment(0).add(1, "day");
console.log("moment", await future((m) => [moment.isMoment(m), m.isAfter(moment(0)), later.valueOf()], [later]));
const map = await future(() => IMap({ a: OrderedMap({ b: 1 }) }));
console.log("immutable", IMap.isMap(map), OrderedMap.isOrderedMap(map.get("a")), map.setIn(["a", "c"], 2).toJS());
const Point = Record({ x: 1 });
console.log("record", await future((p) => [Record.isRecord(p), p.x], [Point({ x: 2 })]));
const subject = await future(() => new rx.BehaviorSubject(4));
console.log("rxjs", subject instanceof rx.BehaviorSubject, subject instanceof rx.Observable, subject.value);
const got = [];
(await future(() => rx.of(1, 2).pipe(rx.map((x) => x + 1)))).subscribe((x) => got.push(x));
console.log("rxjs pipe", got);
const line = await future(() => new SLR([1, 2, 3], [2, 4, 6]));
console.log("regression", line instanceof SLR, Math.round(line.predict(4)));
const curve = await future(() => new PolynomialRegression([1, 2, 3, 4], [1, 4, 9, 16], 2));
console.log("polynomial", curve instanceof PolynomialRegression, Math.round(curve.predict(5)));
const x = [0, 1, 2, 3, 10, 11, 12, 13].map((v) => [v, v + 1]);
// Its trees hold matrices, whose fields are #private.
const train = () => {
  const made = new RandomForestClassifier({ seed: 3, nEstimators: 5, maxFeatures: 2, replacement: true, noOOB: true });
  made.train(
    x,
    x.map(([v]) => (v < 5 ? 0 : 1)),
  );
  return made;
};
const samples = [
  [0, 1],
  [12, 13],
];
const trained = await future(() => train());
console.log("forest", trained instanceof RandomForestClassifier, trained.predict(samples));
const forest = RandomForestClassifier.load(await future(() => JSON.parse(JSON.stringify(train()))));
console.log("forest as data", forest.predict(samples));
const long = await future(() => mongodb.Long.fromNumber(5));
console.log("namespace", long instanceof mongodb.Long, long.add(1).toNumber());
const id = await future(async () => new (await import("mongodb")).ObjectId("507f1f77bcf86cd799439011"));
console.log("dynamic", id instanceof mongodb.ObjectId, id.equals("507f1f77bcf86cd799439011"));
const table = await future(() => arrow.tableFromArrays({ a: Float64Array.of(1, 2), b: ["x", "y"] }));
console.log("arrow", table instanceof arrow.Table, table.numRows, JSON.stringify(table.toArray()));
console.log("arrow argument", await future((t) => [t instanceof arrow.Table, t.getChild("b").get(1)], [table]));
const date = await future(() => DateTime.fromMillis(0, { zone: "utc" }));
console.log("luxon", date instanceof DateTime, date.toISO());
console.log("decimal", (await future(() => new Decimal(1).div(4))).plus("0.75").toString());
console.log("deep", BN.isBN((await future(() => new Map([["list", [{ n: new BN(3) }]]]))).get("list")[0].n));

// Prints:
// dayjs true true 86400000
// moment [ true, true, 86400000 ]
// immutable true true { a: { b: 1, c: 2 } }
// record [ true, 2 ]
// rxjs true true 4
// rxjs pipe [ 2, 3 ]
// regression true 8
// polynomial true 25
// forest true [ 0, 1 ]
// forest as data [ 0, 1 ]
// namespace true 6
// dynamic true true
// arrow true 2 [{"a":1,"b":"x"},{"a":2,"b":"y"}]
// arrow argument [ true, 'y' ]
// luxon true 1970-01-01T00:00:00.000Z
// decimal 1
// deep true
