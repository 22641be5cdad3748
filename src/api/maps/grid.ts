/** `grid()`: nested loops as one list of points. */

import { grid } from "../../map/grid.ts";
import { publish } from "../../session/publish.ts";

export { grid, type GridPoint } from "../../map/grid.ts";

publish({ grid });
