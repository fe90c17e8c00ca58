import type { Child } from 'hono/jsx';
import type { Text } from '../../kernel/index.ts';
import { assetPath } from '../assets.ts';
import { reader } from '../reader.tsx';
import { words } from '../words.ts';

export interface DocumentProps {
  readonly title: Text;
  readonly product: string;
  readonly children?: Child | undefined;
}

/** The outermost element. Its head is the same on every page: one cached stylesheet and one script serve them all. Pages use `Shell` or `BarePage`, which use it. */
export function Document(props: DocumentProps) {
  const { say, language, theme } = reader();
  return (
    <html lang={language} data-theme={theme}>
      <head>
        <meta charset="utf-8" />
        <title>{`${say(props.title)} · ${props.product}`}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <link rel="stylesheet" href={assetPath('style')} />
        <link rel="icon" href={assetPath('icon')} type="image/svg+xml" />
        <script src={assetPath('script')} defer></script>
      </head>
      <body
        data-words={JSON.stringify({
          failed: say(words.failed),
          copied: say(words.copied),
          updated: say(words.updated),
          palette: say(words.palette),
          paletteHint: say(words.paletteHint),
          paletteActions: say(words.paletteActions),
          paletteEmpty: say(words.paletteEmpty),
        })}
      >
        {props.children}
        <p id="live" class="live" role="status" aria-live="polite"></p>
      </body>
    </html>
  );
}
