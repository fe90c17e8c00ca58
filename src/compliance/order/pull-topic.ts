/** What those who wait for an application's orders are woken by. */
export function pullTopic(application: string): string {
  return `pull:${application}`;
}
