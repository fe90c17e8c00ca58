/**
 * The kit's only script. Every page works without it; with it, parts of a page follow the server, focus is kept,
 * changes are announced, and three keys save a hand movement. It comes after htmx, in the same file.
 */
/* global htmx */
(() => {
  // `reload` makes Back ask the server again: what it shows is always what the server knows.
  Object.assign(htmx.config, { history: 'reload', defaultSwap: 'outerMorph', defaultTimeout: 30_000 });

  const root = document.documentElement;
  const words = JSON.parse(document.body.dataset.words ?? '{}');
  const byId = (id) => (id ? document.getElementById(id) : null);

  const toSay = [];

  /** Reads a sentence to those who don't see the change. Emptied first, so that the same sentence is read twice. */
  function announce(text) {
    const live = byId('live');
    if (!live || !text) return;
    live.textContent = '';
    if (toSay.push(text) > 1) return;
    setTimeout(() => {
      live.textContent = toSay.splice(0).join('. ');
    }, 100);
  }

  // Kept choices ------------------------------------------------------------------------------------------------

  /** The server keeps the theme and answers with the whole page; here the page only changes its colours. */
  document.addEventListener('submit', (event) => {
    const { target: form, submitter } = event;
    if (!form.matches('[data-preferences]') || submitter?.name !== 'theme') return;
    event.preventDefault();
    root.dataset.theme = submitter.value;
    for (const button of form.querySelectorAll('[name=theme]')) {
      button.setAttribute('aria-pressed', String(button === submitter));
    }
    fetch(form.action, { method: 'POST', body: new URLSearchParams(new FormData(form, submitter)) }).then(
      (answer) => {
        if (!answer.ok) announce(words.failed);
      },
      () => announce(words.failed),
    );
  });

  /** A key without a modifier can be turned off (WCAG 2.1.4): it may be what speech input just said. */
  const isSlashOn = () => localStorage.getItem('slash') !== 'off';

  function offerShortcut(shortcut) {
    const box = shortcut.querySelector('input');
    shortcut.hidden = false;
    box.checked = isSlashOn();
    box.onchange = () => localStorage.setItem('slash', box.checked ? 'on' : 'off');
  }

  // Keys --------------------------------------------------------------------------------------------------------

  const isTyping = (element) => element.matches('input, textarea, select') || element.isContentEditable;

  document.addEventListener('keydown', (event) => {
    if ((event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && event.key.toLowerCase() === 'k') {
      event.preventDefault();
      openPalette();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || event.key !== '/') return;
    const search = document.querySelector('[data-search]');
    if (!search || !isSlashOn() || isTyping(event.target) || event.target.closest('dialog')) return;
    event.preventDefault();
    search.focus();
    search.select();
  });

  // Palette -----------------------------------------------------------------------------------------------------

  const plain = (text) => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

  const ownText = (element) =>
    [...element.childNodes]
      .filter((node) => node.nodeType === Node.TEXT_NODE)
      .map((node) => node.data)
      .join(' ')
      .trim();

  /** What this page does: the buttons that it shows, which are those that this user may press now. */
  function pageActions() {
    const shown = '.state-bar .actions > :is(a, form), .page-header .actions > :is(a, form)';
    return [...document.querySelectorAll(shown)].flatMap((element) => {
      const control = element.matches('a') ? element : element.querySelector('button');
      const name = control ? ownText(control) : '';
      return name === '' ? [] : [{ control, name, heading: words.paletteActions }];
    });
  }

  /** The places one can go to are the links of the page's own menus: none is sent twice. */
  function destinations() {
    return [...document.querySelectorAll('.menu a'), ...document.querySelectorAll('.drop a')].map((link) => {
      const list = link.closest('[aria-labelledby], [aria-label]');
      const heading =
        byId(list?.getAttribute('aria-labelledby'))?.textContent ?? list?.getAttribute('aria-label') ?? '';
      return { href: link.getAttribute('href'), name: ownText(link), heading };
    });
  }

  function makePalette() {
    const palette = document.createElement('dialog');
    palette.id = 'palette';
    palette.className = 'palette';
    palette.setAttribute('aria-label', words.palette);
    const field = palette.appendChild(document.createElement('input'));
    field.type = 'search';
    field.placeholder = words.paletteHint;
    field.setAttribute('aria-label', words.paletteHint);
    palette.appendChild(document.createElement('ul'));
    return document.body.appendChild(palette);
  }

  function openPalette() {
    const places = [...pageActions(), ...destinations()];
    if (places.length === 0 || document.querySelector('dialog[open]')) return;
    const palette = byId('palette') ?? makePalette();
    const field = palette.querySelector('input');
    const list = palette.querySelector('ul');
    const fill = () => {
      const asked = plain(field.value).split(/\s+/);
      const found = places.filter((place) =>
        asked.every((word) => plain(`${place.name} ${place.heading}`).includes(word)),
      );
      list.replaceChildren(...(found.length > 0 ? found.map(placeItem) : [emptyItem(words.paletteEmpty)]));
    };
    field.value = '';
    field.oninput = fill;
    palette.onkeydown = moveInPalette;
    fill();
    palette.showModal();
    field.focus();
  }

  function placeItem(place) {
    const item = document.createElement('li');
    const link = item.appendChild(document.createElement(place.control ? 'button' : 'a'));
    if (place.control) {
      link.type = 'button';
      link.onclick = () => press(place.control);
    } else link.href = place.href;
    link.textContent = place.name;
    const heading = link.appendChild(document.createElement('small'));
    heading.textContent = place.heading;
    return item;
  }

  /** The page may have changed under the palette: what it no longer shows isn't pressed. */
  function press(control) {
    byId('palette').close();
    if (control.isConnected) control.click();
  }

  function emptyItem(text) {
    const item = document.createElement('li');
    item.appendChild(document.createElement('p')).textContent = text;
    return item;
  }

  function moveInPalette(event) {
    const links = [...this.querySelectorAll('li :is(a, button)')];
    const at = links.indexOf(document.activeElement);
    if (event.key === 'Enter' && at < 0) links[0]?.click();
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step === undefined) return;
    event.preventDefault();
    (links[at + step] ?? this.querySelector('input')).focus();
  }

  // Dialogs and copying -----------------------------------------------------------------------------------------

  document.addEventListener('click', (event) => {
    if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.shiftKey) return;
    const opener = event.target.closest('[data-opens]');
    const dialog = byId(opener?.dataset.opens);
    if (dialog?.showModal) {
      event.preventDefault();
      dialog.showModal();
      dialog
        .querySelector(':scope > :not([method=dialog]) :is(input:not([type=hidden]), select, textarea, button)')
        ?.focus();
      return;
    }
    const copier = event.target.closest('[data-copies]');
    const text = byId(copier?.dataset.copies)?.textContent;
    if (text)
      navigator.clipboard.writeText(text).then(
        () => announceOn(copier, words.copied),
        () => announce(words.failed),
      );
  });

  /** Says it beside the button too, for a moment. */
  function announceOn(button, text) {
    announce(text);
    const label = button.lastChild;
    const before = label.textContent;
    if (before === text) return;
    label.textContent = text;
    setTimeout(() => {
      label.textContent = before;
    }, 1500);
  }

  // Partial updates ---------------------------------------------------------------------------------------------

  let focused = null;

  /** An answer that doesn't hold the part asked for is not put in its place: it is another page, or an error. */
  document.addEventListener('htmx:before:swap', (event) => {
    const { ctx } = event.detail;
    focused = document.activeElement === document.body ? null : (document.activeElement?.id ?? null);
    if (!ctx.response) return;
    const asked = ctx.select?.startsWith('#') ? ctx.select.slice(1) : null;
    if (asked ? ctx.text.includes(`id="${asked}"`) : ctx.response.status < 400) return;
    event.preventDefault();
    if (ctx.response.status < 400) showPage(ctx.text, ctx.response.raw.url);
    else fail();
  });

  /** A form that was accepted leads to another page, which is already here: asking again would lose its message. */
  function showPage(html, address) {
    const page = new DOMParser().parseFromString(html, 'text/html');
    // So marked, htmx reloads both entries when one goes Back or Forward.
    history.replaceState({ htmx: true }, '', location.href);
    history.pushState({ htmx: true }, '', new URL(address, location.href));
    document.title = page.title;
    document.body.replaceChildren(...page.body.childNodes);
    htmx.process(document.body);
    prepare(document);
    scrollTo(0, 0);
    byId('main')?.focus({ preventScroll: true });
    announce(document.title);
  }

  document.addEventListener('htmx:after:swap', (event) => {
    const { ctx } = event.detail;
    prepare(document);
    keepFocus(ctx.target);
    if (!ctx.response) return;
    const said = ctx.target?.isConnected ? ctx.target : byId(ctx.target?.id);
    announce(said?.dataset.announce ?? said?.querySelector('[data-announce]')?.dataset.announce ?? words.updated);
  });

  document.addEventListener('htmx:error', fail);

  /** Focus that was in the replaced part goes to the same element anew, or else to the part itself. */
  function keepFocus(target) {
    if (document.activeElement && document.activeElement !== document.body) return;
    const place = byId(focused) ?? (focused === null ? null : byId(target?.id));
    if (!place) return;
    if (!place.matches('a, button, input, select, textarea, [tabindex]')) place.tabIndex = -1;
    place.focus({ preventScroll: true });
  }

  function fail() {
    const main = byId('main');
    byId('failed')?.remove();
    const notice = document.createElement('p');
    notice.id = 'failed';
    notice.className = 'notice bad';
    notice.textContent = words.failed;
    main?.prepend(notice);
    announce(words.failed);
  }

  // Going through time ------------------------------------------------------------------------------------------

  document.addEventListener('change', ({ target }) => {
    if (target.matches('[data-submits]')) target.form.requestSubmit();
  });

  let playing = null;

  /** Plays a slider from its start, or from where it stands, a step at a time; pressed again, it stops. */
  document.addEventListener('click', ({ target }) => {
    const button = target.closest('[data-plays]');
    if (!button) return;
    const { plays } = button.dataset;
    const isPlaying = playing !== null;
    clearInterval(playing);
    playing = null;
    if (isPlaying) return;
    const first = byId(plays);
    go(first.value === first.max ? first.min : +first.value + 1);
    playing = setInterval(() => {
      const slider = byId(plays);
      if (slider && slider.value !== slider.max) return go(+slider.value + 1);
      clearInterval(playing);
      playing = null;
    }, 1200);
    function go(value) {
      const slider = byId(plays);
      slider.value = value;
      slider.form.requestSubmit();
    }
  });

  // Naming people -----------------------------------------------------------------------------------------------

  /** After an @, the names that begin so: chosen with the arrows and Enter, or with the pointer. */
  let asked = 0;
  document.addEventListener('input', async ({ target: area }) => {
    const region = area.closest?.('[data-mentions]');
    if (!region) return;
    const typed = /(?:^|\s)@([\p{L}\p{M}' -]{1,60})$/u.exec(area.value.slice(0, area.selectionStart))?.[1];
    asked += 1;
    const mine = asked;
    closeNames(region);
    if (typed === undefined) return;
    const answer = await fetch(`${region.dataset.mentions}?letters=${encodeURIComponent(typed)}`).catch(() => null);
    if (!answer?.ok || mine !== asked) return;
    const { items } = await answer.json();
    if (mine === asked && items.length > 0 && items[0].name !== typed) openNames(region, area, typed, items);
  });

  function openNames(region, area, typed, items) {
    const list = document.createElement('ul');
    list.className = 'names';
    for (const { name } of items) {
      const button = document.createElement('button');
      button.type = 'button';
      button.className = 'button plain';
      button.textContent = name;
      button.onclick = () => {
        const at = area.selectionStart;
        area.setRangeText(`${name} `, at - typed.length, at, 'end');
        closeNames(region);
        area.focus();
      };
      list.appendChild(document.createElement('li')).append(button);
    }
    region.append(list);
    announce(items.map(({ name }) => name).join(', '));
  }

  function closeNames(region) {
    region.querySelector('.names')?.remove();
  }

  document.addEventListener('keydown', (event) => {
    const region = event.target.closest?.('[data-mentions]');
    const buttons = [...(region?.querySelectorAll('.names button') ?? [])];
    if (buttons.length === 0) return;
    const at = buttons.indexOf(event.target);
    if (event.key === 'Escape') {
      closeNames(region);
      region.querySelector('textarea').focus();
    } else if (event.key === 'ArrowDown') (buttons[at + 1] ?? buttons[0]).focus();
    else if (event.key === 'ArrowUp' && at >= 0) (buttons[at - 1] ?? region.querySelector('textarea')).focus();
    else return;
    event.preventDefault();
  });

  // Dropping files ----------------------------------------------------------------------------------------------

  /** A region that takes files as its file control does: what is dropped there is chosen. */
  function zoneOf(event) {
    return event.dataTransfer?.types.includes('Files') ? event.target.closest?.('[data-drop]') : null;
  }

  document.addEventListener('dragover', (event) => {
    const zone = zoneOf(event);
    if (!zone) return;
    event.preventDefault();
    zone.dataset.over = '';
  });
  document.addEventListener('dragleave', (event) => {
    const zone = event.target.closest?.('[data-drop]');
    if (zone && !zone.contains(event.relatedTarget)) delete zone.dataset.over;
  });
  document.addEventListener('drop', (event) => {
    const zone = zoneOf(event);
    if (!zone) return;
    event.preventDefault();
    delete zone.dataset.over;
    const control = zone.querySelector('input[type=file]');
    control.files = event.dataTransfer.files;
    control.focus();
    announce([...control.files].map(({ name }) => name).join(', '));
  });

  // Following the server ----------------------------------------------------------------------------------------

  const followed = new Map();

  /** Each event carries elements with ids of this page; the browser asks for what it missed by Last-Event-ID. */
  function follow(region) {
    if (followed.has(region) || !region.dataset.live) return;
    const source = new EventSource(region.dataset.live);
    followed.set(region, source);
    source.addEventListener('message', (event) => receive(event.data));
    source.addEventListener('fragment', (event) => receive(event.data));
    source.addEventListener('end', () => source.close());
  }

  async function receive(html) {
    const template = document.createElement('template');
    template.innerHTML = html;
    for (const fresh of [...template.content.children]) {
      const present = byId(fresh.id);
      if (!present || present.isEqualNode(fresh)) continue;
      await htmx.swap({ text: fresh.outerHTML, target: present, sourceElement: present, swap: 'outerMorph' });
      const shown = byId(fresh.id);
      if (!shown) continue;
      announce(shown.dataset.announce);
      shown.dataset.fresh = '';
      setTimeout(() => delete shown.dataset.fresh, 2000);
    }
  }

  // Start -------------------------------------------------------------------------------------------------------

  /** What a part of a page needs when it comes in. */
  function prepare(part) {
    for (const region of part.querySelectorAll('[data-live]')) follow(region);
    for (const [region, source] of followed) {
      if (region.isConnected) continue;
      source.close();
      followed.delete(region);
    }
    for (const shortcut of part.querySelectorAll('[data-shortcut]')) offerShortcut(shortcut);
    for (const button of part.querySelectorAll('[data-plays]')) button.hidden = false;
    if (navigator.clipboard) for (const button of part.querySelectorAll('[data-copies]')) button.hidden = false;
    const wrong = part.querySelector('[data-focus]');
    if (wrong && !wrong.dataset.focused) {
      wrong.dataset.focused = '';
      wrong.focus();
    }
  }

  prepare(document);
  addEventListener('pagehide', () => {
    for (const source of followed.values()) source.close();
    followed.clear();
  });
  addEventListener('pageshow', (event) => {
    if (event.persisted) prepare(document);
  });
})();
