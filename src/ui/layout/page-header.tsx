import { reader } from '../reader.tsx';
import type { PageProps } from './shell.tsx';

/** Title, status, lead and actions. `Shell` and `BarePage` place it: a page has exactly one. */
export function PageHeader(props: Pick<PageProps, 'title' | 'lead' | 'status' | 'actions'>) {
  const { say } = reader();
  return (
    <div class="page-header">
      <h1>{say(props.title)}</h1>
      {props.status}
      {props.actions ? <div class="actions">{props.actions}</div> : null}
      {props.lead ? <p class="lead">{say(props.lead)}</p> : null}
    </div>
  );
}
