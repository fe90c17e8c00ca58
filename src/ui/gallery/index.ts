import type { Child } from 'hono/jsx';
import { jsx } from 'hono/jsx';
import { FormSample, JobSample, ListSample, MorningSample, SignInSample } from './pages.tsx';
import { RequestSample } from './request-page.tsx';

export { sampleOutcomes } from './request-page.tsx';
export { hostile, hostileText } from './sample.ts';

/** Every component with sample content, as the pages of a small site: for tests, and to look at. Never mounted by the product. */
export const galleryPages: readonly { readonly path: string; readonly page: () => Child }[] = [
  { path: '/gallery/morning', page: () => jsx(MorningSample, {}) },
  { path: '/gallery/list', page: () => jsx(ListSample, {}) },
  { path: '/gallery/request', page: () => jsx(RequestSample, {}) },
  { path: '/gallery/form', page: () => jsx(FormSample, {}) },
  { path: '/gallery/job', page: () => jsx(JobSample, {}) },
  { path: '/gallery/sign-in', page: () => jsx(SignInSample, {}) },
];
