import { page } from '../../http/index.ts';
import { type Problem, same } from '../../kernel/index.ts';
import {
  Button,
  Columns,
  DefinitionList,
  Filters,
  Form,
  FormActions,
  HiddenField,
  InputField,
  reader,
  Section,
  TextAreaField,
  Timeline,
} from '../../ui/index.ts';
import { sentence } from '../hold/hold-section.tsx';
import {
  allowedPlaceholders,
  checkTemplate,
  type LetterTemplate,
  placeholders,
  renderLetter,
  requiredPlaceholders,
  sampleContents,
  sampleFacts,
} from '../letters/index.ts';
import type { ControllerLine } from '../request/register.ts';
import { actorName } from '../request/words.ts';
import type { TemplateKey, TemplateVersion } from './store.ts';
import { letterNames, templateWords as words } from './words.ts';

export interface EditPageProps {
  readonly which: TemplateKey;
  readonly template: LetterTemplate;
  readonly problems: readonly Problem[];
  readonly isPreview: boolean;
  readonly controllers: readonly ControllerLine[];
  readonly versions: readonly TemplateVersion[];
  /** Users of the organisation by id. */
  readonly names: ReadonlyMap<string, string>;
  readonly href: string;
}

/** A letter's words, filled in with an invented request when asked for. */
export function editPage(props: EditPageProps) {
  const { which: key, template, controllers } = props;
  const language = words.languages[key.language];
  const name = letterNames[key.kind];
  // A preview of words that can't be used shows what is wrong with them instead.
  const problems = props.isPreview ? checkTemplate(key.kind, template) : props.problems;
  return page({
    title: { fr: `${name.fr} (${language.fr})`, en: `${name.en} (${language.en})` },
    lead: words.editLead,
    breadcrumbs: [{ text: words.title, href: '/letters' }],
    status: problems.length === 0 ? 200 : 422,
    content: (
      <>
        {controllers.length < 2 ? null : <ControllerChoice {...props} />}
        <Columns main={<Editor {...props} problems={problems} />} aside={<Aside {...props} />} />
      </>
    ),
  });
}

function ControllerChoice(props: EditPageProps) {
  return (
    <Filters
      action={`/letters/${props.which.kind}/${props.which.language}`}
      filters={[
        {
          kind: 'choice' as const,
          name: 'controller',
          label: words.controller,
          value: props.which.controller ?? '',
          choices: props.controllers.map(({ id, name }) => ({ value: id, text: same(name) })),
        },
      ]}
    />
  );
}

function Editor(props: EditPageProps) {
  const { which: key, template, problems } = props;
  const isOwn = (props.versions[0]?.template ?? null) !== null;
  return (
    <>
      <Form id="letter" action={`/letters/${key.kind}/${key.language}`} problems={problems}>
        <HiddenField name="controller" value={key.controller ?? ''} />
        <InputField
          name="subject"
          label={words.subject}
          value={template.subject}
          width="full"
          isRequired
          problems={problems}
        />
        <TextAreaField name="body" label={words.body} value={template.body} rows={22} isRequired problems={problems} />
        <FormActions>
          <Button kind="main" name="do" value="save" text={words.save} />
          <Button name="do" value="see" text={words.see} />
          {isOwn ? <Button name="do" value="revert" text={words.revert} kind="quiet" /> : null}
        </FormActions>
      </Form>
      {props.isPreview && problems.length === 0 ? <Preview {...props} /> : null}
    </>
  );
}

function Preview(props: EditPageProps) {
  const content = sampleContents.find((one) => one.kind === props.which.kind);
  if (content === undefined) return null;
  const letter = renderLetter(content, { ...sampleFacts, language: props.which.language }, props.template);
  return (
    <Section id="preview" title={words.preview}>
      <div lang={props.which.language}>
        <h3>{letter.subject}</h3>
        {letter.paragraphs.map((paragraph) => (
          <p>
            {paragraph.split('\n').map((line, at) => (
              <>
                {at === 0 ? null : <br />}
                {line}
              </>
            ))}
          </p>
        ))}
        <p>{letter.signature.join(', ')}</p>
      </div>
    </Section>
  );
}

function Aside(props: EditPageProps) {
  const { say, language } = reader();
  const { kind } = props.which;
  const { names: required, why } = requiredPlaceholders(kind);
  return (
    <>
      <Section id="placeholders" title={words.placeholders} lead={{ fr: sentence(why.fr), en: sentence(why.en) }}>
        <DefinitionList
          items={allowedPlaceholders(kind).map((name) => ({
            term: placeholders[name],
            value: (
              <>
                <code>{`{${name}}`}</code>
                {required.includes(name) ? ` (${say(words.required)})` : ''}
              </>
            ),
          }))}
        />
      </Section>
      {props.versions.length === 0 ? null : (
        <Section id="versions" title={words.history}>
          <Timeline
            id="versions-line"
            label={words.history}
            entries={props.versions.map((version) => ({
              at: version.madeAt,
              actor: actorName(version.madeBy, props.names)[language],
              text: version.template === null ? words.wentBack : words.changed,
              detail:
                version.template === null ? undefined : (
                  <details class="explain">
                    <summary>{version.template.subject}</summary>
                    <p>{version.template.body}</p>
                  </details>
                ),
            }))}
          />
        </Section>
      )}
    </>
  );
}
