import type { Text } from '../../kernel/index.ts';
import { safeHref } from '../link.ts';
import { reader } from '../reader.tsx';
import { words } from '../words.ts';
import type { Choice } from './choices.tsx';
import { fieldId } from './field-id.ts';

export type Filter =
  | {
      readonly kind: 'search' | 'date';
      readonly name: string;
      readonly label: Text;
      readonly value: string;
    }
  | {
      readonly kind: 'choice';
      readonly name: string;
      readonly label: Text;
      readonly value: string;
      readonly choices: readonly Choice[];
    };

export interface FiltersProps {
  /** The list's own address: a filter is readable words in it, such as `?state=open&brand=nord`. */
  readonly action: string;
  readonly filters: readonly Filter[];
  /** Query values to keep, such as the sort. The cursor isn't one: another filter starts a new list. */
  readonly keep?: Readonly<Record<string, string>> | undefined;
  /** The id of the list that the answer replaces, when script runs; the address follows. */
  readonly swaps?: string | undefined;
}

/** `<Filters action="/requests" filters={[…]} swaps="list" />`: a GET form above a list. */
export function Filters(props: FiltersProps) {
  const { say } = reader();
  const target = props.swaps ? `#${props.swaps}` : undefined;
  const isFiltered = props.filters.some((filter) => filter.value !== '');
  return (
    <form
      class="filters"
      method="get"
      action={safeHref(props.action)}
      aria-label={say(words.filters)}
      hx-get={target ? safeHref(props.action) : undefined}
      hx-target={target}
      hx-select={target}
      hx-push-url={target ? 'true' : undefined}
    >
      {Object.entries(props.keep ?? {}).map(([name, value]) => (
        <input type="hidden" name={name} value={value} />
      ))}
      {props.filters.map((filter) => (
        <label for={fieldId(`filter-${filter.name}`)}>
          {say(filter.label)}
          <FilterControl filter={filter} />
        </label>
      ))}
      <button type="submit" class="button plain">
        {say(words.apply)}
      </button>
      {isFiltered ? (
        <a class="button quiet" href={safeHref(props.action)}>
          {say(words.clear)}
        </a>
      ) : null}
    </form>
  );
}

function FilterControl(props: { readonly filter: Filter }) {
  const { say } = reader();
  const { filter } = props;
  const id = fieldId(`filter-${filter.name}`);
  if (filter.kind !== 'choice') return <input id={id} type={filter.kind} name={filter.name} value={filter.value} />;
  return (
    <select id={id} name={filter.name}>
      <option value="">{say(words.any)}</option>
      {filter.choices.map((choice) => (
        <option value={choice.value} selected={choice.value === filter.value}>
          {say(choice.text)}
        </option>
      ))}
    </select>
  );
}
