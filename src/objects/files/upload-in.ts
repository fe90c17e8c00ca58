/** The id in what stands for a file of a form: `fil_01J… photo.png`. */
export function uploadIn(value: unknown): string | null {
  return typeof value === 'string' && value !== '' ? (value.split(' ', 1)[0] ?? null) : null;
}
