/** What does not hold, in both languages. Anything else that is thrown while verifying is a fault too. */
export class Fault extends Error {
  /** @param {{ fr: string, en: string }} text */
  constructor(text) {
    super(text.en);
    this.name = 'Fault';
    this.text = text;
  }
}

/** @returns {never} */
export function fault(fr, en) {
  throw new Fault({ fr, en });
}
