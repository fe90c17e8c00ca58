import { Bell, follow, page, redirect, type Slice } from '../../http/index.ts';
import type { Text } from '../../kernel/index.ts';
import { LinkButton, Live, Notice, Progress, reader, renderFragment, Say, Section, Table } from '../../ui/index.ts';
import { may } from '../permissions.ts';
import { rolesText, words } from '../words.ts';
import { type ExampleAccount, type ExampleLoad, type ExampleStep, exampleLoad } from './example.ts';
import type { FirstRun } from './first-run.ts';

const path = '/welcome/example';
/** Often enough for a bar to move; it only lasts the time of a first visit. */
const lookEveryMs = 400;

/** What a first visitor sees while the example that they chose is being made. */
export function exampleSlice(firstRun: FirstRun): Slice {
  const allow = may('users.manage');
  return {
    name: 'example',
    pages(app) {
      app.get(path, { allow }, async ({ who }) => {
        const load = await exampleLoad(who.scope);
        if (load === null || firstRun.example?.kind !== 'offered') return redirect('/');
        const accounts = firstRun.example.accounts(who.scope);
        return page({
          title: { fr: 'Mise en place de l’exemple', en: 'Setting up the example' },
          lead: {
            fr: 'Deux bases de données, 6 000 personnes inventées et des demandes qui attendent. Vous pouvez quitter cette page : la mise en place continue.',
            en: 'Two databases, 6,000 invented persons and requests that wait. You may leave this page: the work goes on.',
          },
          content: (
            <>
              <Live id="example" events={`${path}/events`} refreshHref={path}>
                <ExampleState load={load} />
              </Live>
              <Accounts accounts={accounts} />
            </>
          ),
        });
      });
      app.events(`${path}/events`, { allow }, async function* (visit) {
        const { who, language, csrf } = visit;
        let isFinished = false;
        const events = follow({
          after: visit.lastEventId,
          read: async (after) => {
            const load = await exampleLoad(who.scope);
            if (load === null) return [];
            isFinished = load.isFinished;
            const id = `${load.done}-${load.step}-${load.lastError ?? 'well'}`;
            if (id === after) return [];
            const reading = {
              language,
              csrf,
              timeZone: 'Europe/Paris',
              theme: 'auto' as const,
              now: visit.clock.now(),
            };
            return [{ id, event: 'fragment', data: renderFragment(<ExampleState load={load} />, reading) }];
          },
          bell: new Bell(),
          topic: 'example',
          everyMs: lookEveryMs,
          signal: visit.signal,
        });
        for await (const event of events) {
          yield event;
          if (!isFinished) continue;
          yield { id: event.id, event: 'end', data: '' };
          return;
        }
      });
    },
  };
}

const stepWords: Readonly<Record<ExampleStep, Text>> = {
  waiting: { fr: 'L’exemple va commencer', en: 'The example is about to start' },
  databases: {
    fr: 'Création de la base de la boutique',
    en: 'Making the shop’s database',
  },
  register: {
    fr: 'Inscription des traitements au registre',
    en: 'Writing the processing activities into the register',
  },
  applications: { fr: 'Raccordement et moisson des applications', en: 'Connecting and harvesting the applications' },
  requests: { fr: 'Ouverture des demandes', en: 'Opening the requests' },
  finished: { fr: 'L’exemple est prêt', en: 'The example is ready' },
};

/** What an event carries. */
function ExampleState(props: { readonly load: ExampleLoad }) {
  const { load } = props;
  const { say } = reader();
  return (
    <div id="example-state" class="section" data-announce={say(stepWords[load.step])}>
      {load.isFinished ? (
        <>
          <Notice tone="good" title={stepWords.finished} />
          <p>
            <LinkButton kind="main" href="/" text={{ fr: 'Commencer', en: 'Start' }} />
          </p>
        </>
      ) : (
        <Progress
          id="example-progress"
          label={stepWords[load.step]}
          done={load.done}
          total={load.total === 0 ? null : load.total}
        />
      )}
      {load.lastError === null ? null : (
        <Notice
          tone="warning"
          title={{
            fr: 'Le dernier essai a échoué ; un autre suivra de lui-même, à partir de ce qui est déjà là.',
            en: 'The last try failed; another follows by itself, from what is already there.',
          }}
          detail={{
            fr: `Code : ${load.lastError}. Le journal technique dit le reste.`,
            en: `Code: ${load.lastError}. The log says the rest.`,
          }}
        />
      )}
    </div>
  );
}

function Accounts(props: { readonly accounts: readonly ExampleAccount[] }) {
  return (
    <Section id="accounts" title={{ fr: 'Les autres comptes de l’exemple', en: 'The example’s other accounts' }}>
      <p>
        <Say
          text={{
            fr: 'Ils ont le mot de passe que vous venez de choisir : changez de rôle en vous reconnectant.',
            en: 'They have the password that you have just chosen: sign in again to change role.',
          }}
        />
      </p>
      <Table
        id="example-accounts"
        caption={{ fr: 'Comptes', en: 'Accounts' }}
        rows={props.accounts}
        narrow="cards"
        columns={[
          { id: 'name', title: words.name, cell: (account) => account.name },
          { id: 'roles', title: words.roles, cell: (account) => reader().say(rolesText(account.roles)) },
          { id: 'email', title: words.email, cell: (account) => account.email },
        ]}
        empty={{
          title: { fr: 'Aucun autre compte', en: 'No other account' },
          hint: { fr: 'Ajoutez-en sous Utilisateurs.', en: 'Add some under Users.' },
        }}
      />
    </Section>
  );
}
