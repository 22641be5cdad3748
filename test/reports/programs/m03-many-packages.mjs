// Defaults, helpers, locales and settings of several packages, configured everywhere in one call.
import { everywhere, future } from "futureplan";
import axios from "axios";
import Handlebars from "handlebars";
import { Settings, DateTime } from "luxon";
import moment from "moment";
import * as yup from "yup";
await everywhere(() => {
  axios.defaults.timeout = 1234;
  Handlebars.registerHelper("loud", (text) => text.toUpperCase());
  Settings.defaultZone = "Asia/Tokyo";
  moment.updateLocale("en", { months: Array.from({ length: 12 }, (_, month) => `month ${month}`) });
  yup.setLocale({ mixed: { required: "please" } });
});
const all = () => [
  axios.defaults.timeout,
  Handlebars.compile("{{loud name}}")({ name: "ann" }),
  DateTime.fromMillis(0).zoneName,
  moment.utc(0).format("MMMM"),
  yup.string().required().isValidSync("") || "invalid",
];
console.log(JSON.stringify(await future(all)) === JSON.stringify(all()));
console.log(JSON.stringify(await future(all)));
// Prints:
// true
// [1234,"ANN","Asia/Tokyo","month 0","invalid"]
