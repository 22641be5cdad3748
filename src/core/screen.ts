/** What is drawn on the terminal while other output goes on: it is taken away before that output and drawn again after it. */

export interface Drawing {
  hide(): void;
  show(): void;
}

let drawn: Drawing | undefined;

/** Whether it is drawn from now on: one thing at a time is. */
export function draw(drawing: Drawing): boolean {
  if (drawn !== undefined) return false;
  drawn = drawing;
  drawing.show();
  return true;
}

/** It is not drawn any more. */
export function undraw(drawing: Drawing): void {
  if (drawn !== drawing) return;
  drawn = undefined;
  drawing.hide();
}

/** Runs what writes to the terminal. */
export function besideDrawing(write: () => void): void {
  drawn?.hide();
  try {
    write();
  } finally {
    drawn?.show();
  }
}
