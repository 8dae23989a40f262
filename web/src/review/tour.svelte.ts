/** How far the tour of the example has come: -1 before its first step. */
export const tour = $state({ at: -1 });
