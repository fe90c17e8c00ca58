/** What may keep an application from doing what it is ordered (the reason codes of the protocol). */
export const reasons = Object.freeze({
  /** A law makes it keep this: invoices, pay slips. Give `until`. */
  legalDuty: 'legal_duty',
  /** Needed to establish, exercise or defend a legal claim. */
  claim: 'claim',
  /** Frozen for a dispute. */
  hold: 'hold',
  /** Several persons could be meant. */
  identityAmbiguous: 'identity_ambiguous',
  /** The data belongs to somebody else's responsibility. */
  notOurData: 'not_our_data',
  /** It could not be done for now. */
  technical: 'technical',
  other: 'other',
});

const known = new Set(Object.values(reasons));
const results = new WeakSet();

/** Done. `counts`: how many records, by category or table: `executed({ identity: 1, orders: 14 })`. */
export function executed(counts = {}) {
  return result({ outcome: 'executed', counts: checkedCounts(counts) });
}

/** Nobody here bears these identifiers: nothing was done. */
export function notFound() {
  return result({ outcome: 'not_found' });
}

/** Done in part: `partly('legal_duty', { counts: { contact: 2 }, until: '2034-12-31', detail: 'invoices' })`. */
export function partly(reason, { counts = {}, ...rest } = {}) {
  return result({ outcome: 'partly', ...told(reason, rest), counts: checkedCounts(counts) });
}

/** Not done, and won't be: `refused('legal_duty', { until: '2034-12-31', detail: 'invoices' })`. */
export function refused(reason, rest = {}) {
  return result({ outcome: 'refused', ...told(reason, rest) });
}

/** Not done for now; Socle will have it tried again. */
export function failed(reason = reasons.technical, rest = {}) {
  return result({ outcome: 'failed', ...told(reason, rest) });
}

/** Whether this was made by a function above: what a function forgot to return must not pass for something done. */
export function isResult(value) {
  return typeof value === 'object' && value !== null && results.has(value);
}

function result(value) {
  const frozen = Object.freeze(value);
  results.add(frozen);
  return frozen;
}

function told(reason, { until, detail }) {
  if (!known.has(reason)) throw new TypeError(`a reason is one of ${[...known].join(', ')}`);
  if (until !== undefined && !/^\d{4}-\d\d-\d\d$/.test(until)) throw new TypeError('until is a date: 2034-12-31');
  return {
    reason,
    ...(until === undefined ? {} : { until }),
    ...(detail === undefined ? {} : { detail: String(detail).slice(0, 200) }),
  };
}

function checkedCounts(counts) {
  for (const [name, count] of Object.entries(counts)) {
    if (name.length > 60) throw new TypeError('counts: a name has at most 60 characters');
    if (!Number.isSafeInteger(count) || count < 0) throw new TypeError(`counts: ${name} is a whole number, 0 or more`);
  }
  return Object.freeze({ ...counts });
}
