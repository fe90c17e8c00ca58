import { readConfig } from '../../src/kernel/index.ts';
import { compose } from '../../src/main.ts';

/**
 * The whole product in a process of its own, so that a test can read all it logs: standard output is the log, and one
 * first line of JSON says where it listens, with which key, and what it mounts. SIGTERM stops it.
 */
const application = await compose(readConfig(process.env));
const { url } = await application.listen();
const { routes } = application.server;
process.stdout.write(`${JSON.stringify({ url, operatorKey: application.operatorKey, routes })}\n`);
process.once('SIGTERM', () => {
  application.stop().then(
    () => process.exit(0),
    () => process.exit(1),
  );
});
