import { isLanguage, languages } from '../../kernel/index.ts';
import { Notice } from '../feedback/notice.tsx';
import { safeHref, withQuery } from '../link.ts';
import { reader } from '../reader.tsx';
import { words } from '../words.ts';
import { Document } from './document.tsx';
import { PageHeader } from './page-header.tsx';
import type { PageProps, Surroundings } from './shell.tsx';
import { languageNames } from './top-bar.tsx';

export interface BarePageProps extends PageProps {
  readonly product: string;
  readonly organisation: Surroundings['organisation'];
  readonly flash?: Surroundings['flash'] | undefined;
  /** This page's own address: the language links are the same page with `?language=`. */
  readonly path: string;
}

/** `<BarePage product="Socle" organisation={…} path="/sign-in" title={…}>`: a page outside of the shell (sign-in, public form, errors). */
export function BarePage(props: BarePageProps) {
  const { say, language } = reader();
  return (
    <Document title={props.title} product={props.product}>
      <a class="skip" href="#main">
        {say(words.skip)}
      </a>
      <header class="top bare">
        <a class="brand" href={safeHref(props.organisation.href)}>
          {say(props.organisation.text)}
        </a>
        <nav aria-label={say(words.language)}>
          {languages.filter(isLanguage).map((other) => (
            <a
              href={safeHref(withQuery(props.path, { language: other }))}
              lang={other}
              hreflang={other}
              aria-current={other === language ? 'true' : undefined}
            >
              {languageNames[other]}
            </a>
          ))}
        </nav>
      </header>
      <main id="main" class="bare" tabindex={-1}>
        <PageHeader {...props} />
        {props.flash ? <Notice {...props.flash} /> : null}
        {props.children}
      </main>
    </Document>
  );
}
