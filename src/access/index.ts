export type { Who } from '../http/index.ts';
export { authenticator, organisationHeader, sessionCookie } from './authenticate.ts';
export type { AccessOptions, RecordDecision } from './context.ts';
export { accessFactWords, accessJournalWords } from './journal-words.ts';
export { type ApiKey, createKey, listKeys, revokeKey } from './keys/keys.ts';
export { openOperatorToken, readOperatorToken } from './operator.ts';
export {
  chosenExample,
  type ExampleOffer,
  type ExampleProgress,
  exampleHandler,
  type LoadExample,
} from './organisations/example.ts';
export { FirstRun } from './organisations/first-run.ts';
export { administrator, type FirstAccounts, prepareEmpty, signInLines } from './organisations/first-start.ts';
export {
  createOrganisation,
  findOrganisation,
  type Organisation,
  organisations,
} from './organisations/organisations.ts';
export { outboxHandler } from './outbox/deliver.ts';
export {
  type Attachment,
  forgetMessages,
  type Message,
  type MessageStatus,
  messageStatus,
  postMessage,
  subjectsWith,
} from './outbox/outbox.ts';
export { type MailTransport, mailTransport, PermanentFailure } from './outbox/transport.ts';
export { newPassword } from './passwords.ts';
export { can, isRole, may, type Permission, permissions, permit, type Role, require, roles } from './permissions.ts';
export { openSession, signIn } from './sessions/sessions.ts';
export { accessSlices } from './slices.ts';
export { accessSweep } from './sweep.ts';
export { type NamedUser, namesOfUsers, usersBeginning, usersNamedIn } from './users/named.ts';
export {
  createUser,
  deleteUser,
  findUser,
  getUser,
  listUsers,
  listUsersToTell,
  listUsersWhoMay,
  type User,
  type UserInput,
} from './users/users.ts';
export { administration } from './words.ts';
