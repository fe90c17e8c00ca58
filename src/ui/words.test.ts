import { describe, expect, it } from 'vitest';
import { daysLate, daysLeft, errorsToCorrect, unread, words } from './words.ts';

describe('The kit’s words', () => {
  it('exist in French and in English', () => {
    for (const [name, text] of Object.entries(words)) {
      expect(text.fr.trim(), name).not.toBe('');
      expect(text.en.trim(), name).not.toBe('');
    }
  });

  it('count as each language does', () => {
    expect(daysLeft(1)).toEqual({ fr: '1 jour restant', en: '1 day left' });
    expect(daysLeft(0)).toEqual({ fr: '0 jour restant', en: '0 days left' });
    expect(daysLate(3)).toEqual({ fr: '3 jours de retard', en: '3 days late' });
    expect(errorsToCorrect(2).fr).toBe('2 erreurs à corriger avant de continuer');
    expect(unread(4).en).toBe('4 unread');
  });
});
