export {
  Answer,
  type ApiResult,
  accepted,
  type Content,
  type CookieChange,
  created,
  type FileAnswer,
  type Flash,
  file,
  fragment,
  isLocalPath,
  noContent,
  type PageAnswer,
  type PageParts,
  type PageResult,
  page,
  redirect,
  versioned,
} from './answers.ts';
export type { IncomingFile, TakenFile } from './body.ts';
export { readCookie } from './cookies.ts';
export { Bell, follow, type ServerEvent } from './events.ts';
export { parseInput, saying } from './issues.ts';
export { languageCookie } from './language.ts';
export { type Counter, type Histogram, Metrics } from './metrics.ts';
export type { MountedRoute, Readiness, RunningServer, ServerOptions, SocleServer } from './options.ts';
export { type KeyPart, type ListAsked, type Page, pageOf, type SortTerm } from './paging.ts';
export { paths } from './paths.ts';
export { createServer } from './server.ts';
export { themeCookie } from './shell.tsx';
export type {
  Allow,
  ApiApp,
  ApiRoute,
  Call,
  CreateLink,
  Described,
  DescribedRoute,
  FilesOfForm,
  FormRoute,
  MenuLine,
  PageApp,
  ParamsOf,
  PublicCall,
  PublicVisit,
  RawRoute,
  Slice,
  Visit,
} from './slice.ts';
export { expectVersion } from './version.ts';
export type { Authenticate, AuthenticateOptions, Who } from './who.ts';
