/** Addresses that the shell links to on every page; the access room mounts them. */
export const paths = {
  signIn: '/sign-in',
  signOut: '/sign-out',
  account: '/account',
  /** POST `language` or `theme`, with `back`, the path to return to. */
  preferences: '/preferences',
} as const;
