import { reader } from '../reader.tsx';
import { words } from '../words.ts';

/**
 * The place of `Ctrl K`. The script fills its list with the links of the menus that are on the page, so the
 * page carries none of them twice; without script the key does nothing and the menu is there.
 */
export function Palette() {
  const { say } = reader();
  return (
    <dialog id="palette" class="palette" aria-label={say(words.palette)} data-empty={say(words.paletteEmpty)}>
      <input
        type="search"
        aria-label={say(words.paletteHint)}
        placeholder={say(words.paletteHint)}
        autocomplete="off"
      />
    </dialog>
  );
}
