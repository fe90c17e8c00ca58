import { type AttributeType, faulty, localeOf, type Money, parsed, type Value, wrongValue } from './attribute-type.ts';
import { scaleFault, unitsOf } from './numbers.ts';
import { decimalInput, fromScaled, showDecimal, toScaled } from './scaled.ts';

/**
 * Amounts are kept ×10⁴ for every currency, so that one column compares and sums them; ISO 4217 has no currency with
 * more than four decimals. What may be entered is bounded by the currency's own decimals (EUR 2, JPY 0).
 */
export const moneyScale = 4;

const currencies = new Set(Intl.supportedValuesOf('currency'));
const decimalsByCurrency = new Map<string, number>();

export function currencyDecimals(currency: string): number {
  const known = decimalsByCurrency.get(currency);
  if (known !== undefined) return known;
  const options = new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions();
  const decimals = options.maximumFractionDigits ?? 2;
  decimalsByCurrency.set(currency, decimals);
  return decimals;
}

export function isCurrency(code: string): boolean {
  return currencies.has(code);
}

export const moneyType: AttributeType = {
  kind: 'money',
  to: null,
  columns: [
    { suffix: '_amount', sqlType: 'bigint' },
    { suffix: '_currency', sqlType: 'text' },
  ],
  parse: (input) => {
    if (typeof input !== 'object' || input === null || !('amount' in input) || !('currency' in input)) {
      return faulty(
        'not_money',
        'Un montant et sa devise sont attendus : {"amount": "12.50", "currency": "EUR"}.',
        'An amount and its currency are expected: {"amount": "12.50", "currency": "EUR"}.',
      );
    }
    const currency = typeof input.currency === 'string' ? input.currency.trim().toUpperCase() : '';
    if (!currencies.has(currency)) {
      return faulty(
        'currency',
        'Devise inconnue : un code ISO 4217, comme EUR.',
        'Unknown currency: an ISO 4217 code, such as EUR.',
      );
    }
    const decimals = currencyDecimals(currency);
    const scaled = toScaled(decimalInput(input.amount) ?? '', decimals);
    if (!scaled.ok) return scaleFault(scaled.why, decimals);
    if (!toScaled(fromScaled(scaled.units, decimals), moneyScale).ok) return scaleFault('too_large', decimals);
    return parsed({ amount: fromScaled(scaled.units, decimals), currency });
  },
  encode: (value) => {
    const { amount, currency } = moneyOf(value);
    return [unitsOf(amount, moneyScale), currency];
  },
  decode: ([units, currency]) => {
    if (typeof units !== 'bigint' || typeof currency !== 'string') return wrongValue('money');
    return { amount: fromScaled(units, moneyScale, currencyDecimals(currency)), currency };
  },
  show: (value, { language }) => {
    const { amount, currency } = moneyOf(value);
    const symbol = new Intl.NumberFormat(localeOf[language], { style: 'currency', currency })
      .formatToParts(0)
      .find((part) => part.type === 'currency');
    const written = showDecimal(amount, localeOf[language]);
    return language === 'fr' ? `${written} ${symbol?.value ?? currency}` : `${symbol?.value ?? currency}${written}`;
  },
  expression: { kind: 'money' },
  control: { kind: 'money' },
  jsonSchema: {
    type: 'object',
    required: ['amount', 'currency'],
    properties: { amount: { type: 'string' }, currency: { type: 'string', minLength: 3, maxLength: 3 } },
  },
  typescript: '{ readonly amount: string; readonly currency: string }',
};

function moneyOf(value: Value): Money {
  if (typeof value !== 'object' || value === null || !('amount' in value) || !('currency' in value)) {
    return wrongValue('money');
  }
  const { amount, currency } = value;
  return typeof amount === 'string' && typeof currency === 'string' ? { amount, currency } : wrongValue('money');
}
