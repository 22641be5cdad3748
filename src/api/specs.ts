/** The spec factories and `tweak`, as users import them. */

import { multicore, multisession, sequential } from "../plans/makeSpec.ts";
import { tweak } from "../plans/parsePlan.ts";
import { publish } from "../session/publish.ts";

export { multicore, multisession, sequential, tweak };

publish({ multicore, multisession, sequential, tweak });
