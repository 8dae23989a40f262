/** What the reader is about to send. It outlives the form, so that a check that fails loses nothing. */

export const draft = $state({
  pasted: "",
  file: null as File | null,
  references: [] as { name: string; text: string }[],
});
