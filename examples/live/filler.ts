import { parentPort } from 'node:worker_threads';
import { z } from 'zod';
import { findExample } from '../index.ts';

// The thread that makes the data of an example's applications: inventing thousands of persons must not hold a page up.
const asked = z.object({ example: z.string(), application: z.string(), file: z.string() });

parentPort?.on('message', async (message: unknown) => {
  const { example, application, file } = asked.parse(message);
  const { applications } = await findExample(example);
  const found = applications.find(({ name }) => name === application);
  if (found === undefined || found.channel === 'sql') throw new Error(`${application} has no data of its own`);
  await found.data.fill(file);
  parentPort?.postMessage('filled');
});
