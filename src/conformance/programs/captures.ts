/** The cases made of all the programs. */

import type { Case } from "../Case.ts";
import { arrowRefusals, arrows, arrowsOrRefused } from "./arrows.ts";
import { classCodecs, classesOfAllKinds, classesOrRefused, fileClasses } from "./classes.ts";
import { functionForms, sloppyFunctionForms } from "./functions.ts";
import { fileNames, freeNames, sloppyNames, sloppyNamesOrRefused } from "./names.ts";
import { filePrograms, fileRefusedCases, nestedCases, programCases, refusedCases, sameOrRefusedCases, shownCases } from "./programCases.ts";
import { partRefusals, parts } from "./parts.ts";
import { filePrivates, privateRefusals, privateResults, privates } from "./privates.ts";
import { nativeReferences, references } from "./references.ts";
import { weak } from "./weak.ts";
import { fileScopes, scopes, scopesOrRefused } from "./scopes.ts";
import { fileRefusals, fileValues, roundTrips, valueChecks, valueRefusals, valuesOrRefused } from "./values.ts";

const trips = Object.fromEntries(
  Object.entries(roundTrips).map(([title, expression]) => [`${title} go there and back`, `const v = ${expression}; return () => v`]),
);

export const captures: readonly Case[] = [
  ...programCases("functions", functionForms),
  ...programCases("functions", sloppyFunctionForms, "sloppy"),
  ...programCases("names", freeNames),
  ...programCases("names", sloppyNames, "sloppy"),
  ...sameOrRefusedCases("names", sloppyNamesOrRefused, "sloppy"),
  ...filePrograms("names", fileNames),
  ...programCases("scopes", scopes),
  ...sameOrRefusedCases("scopes", scopesOrRefused),
  ...filePrograms("scopes", fileScopes),
  ...classesOfAllKinds.flatMap((programs) => programCases("classes", programs)),
  ...classesOfAllKinds.flatMap((programs) => nestedCases("classes", programs)),
  ...programCases("classes", classCodecs),
  ...sameOrRefusedCases("classes", classesOrRefused),
  ...filePrograms("classes", fileClasses),
  ...programCases("arrows with this", arrows),
  ...sameOrRefusedCases("arrows with this", arrowsOrRefused),
  ...refusedCases("arrows with this", arrowRefusals),
  ...programCases("private state", privates),
  ...nestedCases("private state", privates),
  ...shownCases("private state", privateResults),
  ...refusedCases("private state", privateRefusals),
  ...filePrograms("private state", filePrivates),
  ...programCases("data", trips),
  ...programCases("data", valueChecks),
  ...sameOrRefusedCases("data", valuesOrRefused),
  ...refusedCases("data", valueRefusals),
  ...filePrograms("data", fileValues),
  ...fileRefusedCases("data", fileRefusals),
  ...programCases("weak containers", weak),
  ...nestedCases("weak containers", weak),
  ...programCases("parts of objects", parts),
  ...refusedCases("parts of objects", partRefusals),
  ...filePrograms("references", references),
  ...programCases("references", nativeReferences),
];
