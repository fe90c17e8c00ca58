import { describe, expect, it } from 'vitest';
import { ecoGrade, ecoIndex } from '../support/eco-index.ts';

describe('EcoIndex', () => {
  it.each([
    [0, 0, 0, 100],
    [47, 2, 1.37, 95],
    [100, 100, 100, 72.0158],
    [600, 40, 1024, 60.9172],
    [693, 78, 2420, 43.6823],
  ])('of %d elements, %d requests and %d kB is %d', (domElements, requests, kilobytes, score) => {
    expect(ecoIndex({ domElements, requests, kilobytes })).toBeCloseTo(score, 4);
  });

  it('gives the grade A above 80 only', () => {
    expect([80.01, 80, 70, 55, 40, 25, 10].map(ecoGrade)).toEqual(['A', 'B', 'C', 'D', 'E', 'F', 'G']);
  });
});
