/** Calling addresses that somebody typed, safely: which networks, which certificates, how long, how much. */
export { type CallAnswer, type CallOptions, callableUrl, HttpCaller } from './caller.ts';
export { type Networks, networks } from './networks.ts';
