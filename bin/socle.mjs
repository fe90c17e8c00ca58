#!/usr/bin/env node
// The command line's door: makes sure that the product can run, then runs the command.
import { build, install, requireNode } from './prepare.mjs';

requireNode();
install(['hono', 'esbuild', 'pg']);
process.setSourceMapsEnabled(true);
const { main } = await import(await build());
await main(process.argv.slice(2));
