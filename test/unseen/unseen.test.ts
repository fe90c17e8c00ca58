import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { projectRoot } from '../../src/kernel/index.ts';
import { eraseFrom, openSocle } from './erase.ts';
import { differences, knownDifferences, reportOn, reportText } from './report.ts';
import { readTruth } from './truth.ts';

const folder = join(projectRoot, 'test/unseen/schemas');
const socle = await openSocle();

test.each(readdirSync(folder))('%s: what the person leaves goes, and nothing else', async (name) => {
  const read = (file: string): string => readFileSync(join(folder, name, file), 'utf8');
  const truth = readTruth(read('truth.yaml'));
  const erasure = await eraseFrom(socle, name, `${read('schema.sql')};\n${read('data.sql')}`, truth);
  const report = reportOn(truth, erasure);
  process.stdout.write(`${reportText(name, report, erasure)}\n`);
  const found = differences(report, truth);
  const known = knownDifferences(truth, erasure);
  expect({
    new: found.filter((line) => !known.includes(line)),
    'known, and no longer so (take it out of the truth file)': known.filter((line) => !found.includes(line)),
  }).toEqual({ new: [], 'known, and no longer so (take it out of the truth file)': [] });
});
