/** A full-screen view over the panes (describe, logs, plugin detail, tasks, audit, errors); told apart by `kind`. */
export type ScreenState = {readonly kind: string};
