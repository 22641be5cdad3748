// Errors of packages' classes come home as what they are, also where the package keeps the class.
import { future } from "futureplan";
import axios, { AxiosError } from "axios";
import { MongoServerError } from "mongodb";
import * as yup from "yup";
import { z, ZodError } from "zod";

const caught = async (run) => {
  try {
    await future(run);
  } catch (error) {
    return error;
  }
};
const schema = () => z.object({ a: z.string() }).parse({});
const zod = await caught(() => schema());
console.log("zod", zod instanceof ZodError, zod.name, zod.issues.map(({ path }) => path.join()));
const ax = await caught(() => {
  throw new AxiosError("no answer", "ECONNRESET");
});
console.log("axios", axios.isAxiosError(ax), ax instanceof AxiosError, ax.code, ax.message);
const invalid = await caught(() => yup.object({ a: yup.string().required() }).validate({}));
console.log("yup", invalid instanceof yup.ValidationError, invalid.errors);
const server = await caught(() => {
  throw new Error("outer", { cause: new MongoServerError({ message: "dup", code: 11000 }) });
});
console.log("cause", server.cause instanceof MongoServerError, server.cause.code, server.cause.message);
console.log("returned", (await future(() => new AxiosError("kept", "E_KEPT"))) instanceof AxiosError);

// Prints:
// zod true ZodError [ 'a' ]
// axios true true ECONNRESET no answer
// yup true [ 'a is a required field' ]
// cause true 11000 dup
// returned true
