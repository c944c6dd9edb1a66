/* briefwiki: previews of links, and a switcher over all names (Ctrl-K). Neither is needed to
   read or to find anything; from a folder (file:) neither can load its data, and nothing happens. */
(function () {
  'use strict';
  if (location.protocol === 'file:') return;
  var base = new URL('..', document.currentScript.src), root = document.documentElement;

  /* Previews of some pages a file, fetched when a link is pointed at or focused. */
  var card, wait, gone, known = {};
  function previewOf(link) {
    var url = new URL(link.href);
    if (url.origin !== base.origin || !url.pathname.startsWith(base.pathname)) return null;
    var path = url.pathname.slice(base.pathname.length), name = (/^([a-z]+\/(?!index\.)[a-z0-9-]+)\.html$/.exec(path) || [])[1];
    if (!name || url.pathname === location.pathname) return null;
    for (var i = 0, file = 0; i < name.length; i++) file = file * 31 + name.charCodeAt(i) & 255;
    return [name, new URL('_preview/' + file + '.json', base).href];
  }
  function hide() {
    clearTimeout(wait);
    clearTimeout(gone);
    if (card) { card.remove(); card = null; }
  }
  function show(link, data) {
    hide();
    card = document.createElement('div');
    card.className = 'preview';
    card.setAttribute('role', 'status');
    var title = document.createElement('b');
    title.textContent = data.title;
    card.append(title, [data.kind, data.status].filter(Boolean).join(' · '));
    if (data.summary) {
      var text = document.createElement('p');
      text.textContent = data.summary;
      card.append(text);
    }
    document.body.append(card);
    var at = link.getBoundingClientRect(), wide = root.clientWidth;
    card.style.left = Math.max(8, Math.min(at.left, wide - card.offsetWidth - 8)) + scrollX + 'px';
    var below = at.bottom + card.offsetHeight + 8 < innerHeight || at.top < card.offsetHeight + 8;
    card.style.top = (below ? at.bottom + 6 : at.top - card.offsetHeight - 6) + scrollY + 'px';
  }
  function ask(event) {
    if (card && card.contains(event.target)) { clearTimeout(gone); return; }
    var link = event.target.closest && event.target.closest('main a[href], aside a[href]');
    var found = link && previewOf(link);
    if (!found) return;
    var name = found[0], url = found[1];
    hide();
    wait = setTimeout(function () {
      known[url] = known[url] || fetch(url).then(function (answer) { return answer.ok ? answer.json() : null; });
      known[url].then(function (all) { var data = all && all[name]; if (data && (link.matches(':hover') || link === document.activeElement)) show(link, data); })
        .catch(function () { delete known[url]; });
    }, 250);
  }
  document.addEventListener('mouseover', ask);
  document.addEventListener('focusin', ask);
  /* The pointer may go from the link onto the card (WCAG 1.4.13). */
  function leave(event) {
    clearTimeout(wait);
    clearTimeout(gone);
    if (card) gone = setTimeout(hide, 300);
  }
  document.addEventListener('mouseout', leave);
  document.addEventListener('focusout', hide);

  /* The switcher: a dialog with a field and a list of names (ARIA combobox pattern). */
  var dialog, field, list, names, chosen = 0, shown = [];
  function plain(text) {
    return text.normalize('NFD').replace(/[̀-ͯ]/g, '').replace(/[‐-―-]/g, ' ').toLowerCase();
  }
  function build() {
    dialog = document.createElement('dialog');
    dialog.className = 'switch';
    dialog.setAttribute('aria-labelledby', '_switch-t');
    var title = document.createElement('h2');
    title.id = '_switch-t';
    title.textContent = root.dataset.switch;
    field = document.createElement('input');
    field.type = 'text';
    field.autocomplete = 'off';
    var attributes = { role: 'combobox', 'aria-expanded': 'true', 'aria-controls': '_switch-l', 'aria-label': root.dataset.hint, placeholder: root.dataset.hint };
    Object.keys(attributes).forEach(function (key) { field.setAttribute(key, attributes[key]); });
    list = document.createElement('ul');
    list.id = '_switch-l';
    list.setAttribute('role', 'listbox');
    list.setAttribute('aria-label', root.dataset.switch);
    dialog.append(title, field, list);
    document.body.append(dialog);
    field.addEventListener('input', fill);
    field.addEventListener('keydown', function (event) {
      var step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step) { event.preventDefault(); choose(chosen + step); }
      if (event.key === 'Enter' && shown[chosen]) { event.preventDefault(); go(shown[chosen]); }
    });
    list.addEventListener('click', function (event) {
      var at = Array.from(list.children).indexOf(event.target.closest('li'));
      if (shown[at]) go(shown[at]);
    });
  }
  function go(name) { location.href = new URL(name[1], base).href; }
  function choose(at) {
    if (!shown.length) { field.removeAttribute('aria-activedescendant'); return; }
    chosen = (at + shown.length) % shown.length;
    Array.from(list.children).forEach(function (item, i) { item.setAttribute('aria-selected', i === chosen); });
    field.setAttribute('aria-activedescendant', '_switch-' + chosen);
    list.children[chosen].scrollIntoView({ block: 'nearest' });
  }
  function fill() {
    var wanted = plain(field.value.trim()).split(/\s+/).filter(Boolean), first = wanted[0] || '';
    shown = names.filter(function (name) {
      return wanted.every(function (word) { return name[4].indexOf(word) >= 0; });
    }).sort(function (a, b) { return (b[4].indexOf(first) === 0) - (a[4].indexOf(first) === 0); }).slice(0, 12);
    list.replaceChildren.apply(list, (shown.length ? shown : [null]).map(function (name, i) {
      var item = document.createElement('li');
      item.setAttribute('role', 'option');
      item.id = '_switch-' + i;
      item.textContent = !name ? root.dataset.none : name[0] === name[2] ? name[0] : name[0] + ' → ' + name[2];
      return item;
    }));
    choose(0);
  }
  function open() {
    if (!dialog) build();
    (names ? Promise.resolve() : fetch(new URL('_names.json', base)).then(function (answer) { return answer.json(); })
      .then(function (all) { names = all; names.forEach(function (name) { name[4] = plain(name[0]); }); }))
      .then(function () {
        if (dialog.open) return;
        field.value = '';
        dialog.showModal();
        fill();
        field.focus();
      }).catch(function () { names = null; });
  }
  document.addEventListener('keydown', function (event) {
    if (event.key === 'Escape') hide();
    // Speech types letters, so none does this alone (WCAG 2.1.4). Forms are filled with keydowns without a key.
    if (/^k$/i.test(event.key) && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      open();
    }
  });
})();
