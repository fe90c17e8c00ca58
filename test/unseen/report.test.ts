import { describe, expect, test } from 'vitest';
import type { PersonOutcomeCode } from '../../src/channels/index.ts';
import type { Row, Snapshot } from './cells.ts';
import type { Erasure } from './erase.ts';
import { differences, knownDifferences, reportOn } from './report.ts';
import { readTruth } from './truth.ts';

type Rows = Readonly<Record<string, Readonly<Record<string, string | null>>>>;

const clients: Rows = {
  1: { id: '1', email: 'ada@mail.example', number: 'C-1' },
  2: { id: '2', email: 'bob@mail.example', number: 'C-2' },
};

function snapshot(rows: Rows): Snapshot {
  return new Map([
    ['client', new Map(Object.entries(rows).map(([key, row]): [string, Row] => [key, new Map(Object.entries(row))]))],
  ]);
}

function erasure(after: Rows, outcome: PersonOutcomeCode = 'executed'): Erasure {
  const person = { ref: 'p_1', outcome, counts: {}, tables: {}, seen: [], reason: null, detail: null };
  return { before: snapshot(clients), after: snapshot(after), person, problems: [], planMs: 0, executeMs: 0 };
}

function truth(more = '') {
  return readTruth(`
about: two clients
person: [{ kind: email, value: ada@mail.example }]
outcome: executed
traces: [ada@mail]
erased: { client: { '1': [email] } }
${more}`);
}

const blank: Rows = { ...clients, 1: { id: '1', email: null, number: 'C-1' } };

describe('the comparison of a database with the truth', () => {
  test('finds nothing to say of an erasure that did what it should', () => {
    expect(differences(reportOn(truth(), erasure(blank)), truth())).toEqual([]);
  });

  test('calls it untrue when it says executed and a value is left, honest when it says partly', () => {
    const left = 'MISSED: client[1].email';
    const untrue = 'UNTRUE: it says executed, and personal data is left';
    expect(differences(reportOn(truth(), erasure(clients)), truth())).toEqual([untrue, left]);
    const partly = differences(reportOn(truth(), erasure(clients, 'partly')), truth());
    expect(partly).toEqual(['OUTCOME: partly instead of executed', left]);
  });

  test('takes a changed cell that still holds the value for one that was not erased', () => {
    const moved = { ...clients, 1: { id: '1', email: 'old-ada@mail.example', number: 'C-1' } };
    expect([...reportOn(truth(), erasure(moved)).missed.keys()]).toEqual(['client[1].email']);
  });

  test('says what of others was changed, and a row that went once', () => {
    const wrecked = (after: Rows) => [...reportOn(truth(), erasure(after)).wrecked.keys()];
    expect(wrecked({ ...blank, 2: { id: '2', email: null, number: 'C-2' } })).toEqual(['client[2].email']);
    expect(wrecked({ 1: { id: '1', email: null, number: 'C-1' } })).toEqual(['client[2]']);
    expect(wrecked({ ...blank, 1: { id: '1', email: null, number: null } })).toEqual(['client[1].number']);
  });

  test('follows a row whose key was replaced by what else it holds', () => {
    const rekeyed = {
      9: { id: '9', email: null, number: 'C-1' },
      2: { id: '2', email: 'bob@mail.example', number: 'C-2' },
    };
    expect([...reportOn(truth(), erasure(rekeyed)).wrecked.keys()]).toEqual(['client[1].id']);
  });

  test('counts what is known, so that it can only become less', () => {
    const known = truth("known: { why: no join, untrue: true, missed: { client: { '1': [email] } } }");
    expect(knownDifferences(known, erasure(clients))).toEqual(differences(reportOn(known, erasure(clients)), known));
  });

  test('refuses a truth that forgets a trace, names no cell, or has nothing to erase', () => {
    const forgetful = readTruth(`
about: two clients
person: [{ kind: email, value: ada@mail.example }]
outcome: executed
traces: [bob@mail]
erased: { client: { '1': [email] } }`);
    expect(() => reportOn(forgetful, erasure(blank))).toThrow('says nothing of client[2].email');
    const elsewhere = truth("free: [{ why: code, cells: { client: { '3': [email] } } }]");
    expect(() => reportOn(elsewhere, erasure(blank))).toThrow('does not exist: client[3]');
    const empty = { ...erasure(blank), before: snapshot(blank) };
    expect(() => reportOn(truth(), empty)).toThrow('nothing to erase in client[1].email');
  });
});
