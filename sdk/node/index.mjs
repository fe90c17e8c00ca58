/**
 * What an application embeds to receive the orders of Socle, carry each out once, and answer it. README.md shows it whole.
 */
export { connect } from './lib/connect.mjs';
export { executed, failed, notFound, partly, reasons, refused } from './lib/results.mjs';
export { verifyMessage } from './lib/signature.mjs';
export { fileStore, memoryStore } from './lib/stores.mjs';
