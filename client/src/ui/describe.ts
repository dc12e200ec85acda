/** The ids that `aria-describedby` of a framed control points to; undefined when there is nothing to say. */
export function describedBy(id: string, hint: string | undefined, error: string | undefined): string | undefined {
  return [error && `${id}-error`, hint && `${id}-hint`].filter(Boolean).join(" ") || undefined;
}
