import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { projectRoot } from '../../src/kernel/index.ts';
import { eraseFrom, openSocle } from './erase.ts';
import { differences, knownDifferences, reportOn, reportText } from './report.ts';
import { readTruth } from './truth.ts';

const folder = join(projectRoot, 'test/unseen/schemas');
const socle = await openSocle();

/** A folder may have further truths: the same application, and somebody else who asks. */
const truths = readdirSync(folder).flatMap((name) =>
  readdirSync(join(folder, name))
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => file.slice(0, -'.yaml'.length))
    .sort((one, other) => Number(other === 'truth') - Number(one === 'truth'))
    .map((file) => ({ name, file, asked: file === 'truth' ? name : `${name}-${file}` })),
);

test.each(truths)('$asked: what the person leaves goes, and nothing else', async ({ name, file, asked }) => {
  const read = (each: string): string => readFileSync(join(folder, name, each), 'utf8');
  const truth = readTruth(read(`${file}.yaml`));
  const erasure = await eraseFrom(socle, name, `${read('schema.sql')};\n${read('data.sql')}`, truth);
  const report = reportOn(truth, erasure);
  process.stdout.write(`${reportText(asked, report, erasure)}\n`);
  const found = differences(report, truth);
  const known = knownDifferences(truth, erasure);
  expect({
    new: found.filter((line) => !known.includes(line)),
    'known, and no longer so (take it out of the truth file)': known.filter((line) => !found.includes(line)),
  }).toEqual({ new: [], 'known, and no longer so (take it out of the truth file)': [] });
});
