// A locale that registers itself, after the package and before it is used; in maps and in functions of functions, too.
import { future, futureMap } from "futureplan";
import dayjs from "dayjs";
import "dayjs/locale/de.js";
import "moment/locale/fr.js";
import moment from "moment";
const month = (date) => dayjs(date).locale("de").format("MMMM");
console.log(await future(() => month("2020-01-31")));
console.log((await futureMap(["2020-03-01", "2020-12-01"], month)).join());
console.log(await future(() => moment.utc("2020-08-01").locale("fr").format("MMMM")));
// Prints:
// Januar
// März,Dezember
// août
