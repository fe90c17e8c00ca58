import type { Slice } from '../http/index.ts';
import type { AccessOptions } from './context.ts';
import { keysSlice } from './keys/keys.routes.tsx';
import { exampleSlice } from './organisations/example.routes.tsx';
import type { FirstRun } from './organisations/first-run.ts';
import { welcomeSlice } from './organisations/welcome.routes.tsx';
import { outboxSlice } from './outbox/outbox.routes.tsx';
import { signInSlice } from './sessions/sign-in.routes.tsx';
import { accountSlice } from './users/account.routes.tsx';
import { usersSlice } from './users/users.routes.tsx';

/** What this room mounts. */
export function accessSlices(options: AccessOptions, firstRun: FirstRun): readonly Slice[] {
  return [
    signInSlice(options, firstRun),
    welcomeSlice(options, firstRun),
    exampleSlice(firstRun),
    accountSlice(options),
    usersSlice(options),
    keysSlice(options),
    outboxSlice(),
  ];
}
