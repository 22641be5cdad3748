/** The error classes, as users import them. */

import * as errors from "../errors/errors.ts";
import { FutureError } from "../errors/FutureError.ts";
import { publish } from "../session/publish.ts";

export { FutureError };
export * from "../errors/errors.ts";

publish({ FutureError, ...errors });
