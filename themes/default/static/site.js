/* briefwiki: what a page can do with script and does not need. Loaded in the head without
   defer: the saved scheme has to stand before the first paint. */
(function () {
  'use strict';
  var root = document.documentElement, key = 'briefwiki-theme';
  var system = matchMedia('(prefers-color-scheme: dark)');
  function store(value) {            // storage may be forbidden: then the choice lasts a page
    try {
      if (value === undefined) return localStorage.getItem(key);
      if (value) localStorage.setItem(key, value); else localStorage.removeItem(key);
    } catch (e) { return null; }
  }
  function show(value) {
    if (value === 'dark' || value === 'light') root.dataset.theme = value;
    else delete root.dataset.theme;
  }
  show(store());

  document.addEventListener('DOMContentLoaded', function () {
    var button = document.getElementById('_theme');
    function isDark() { return root.dataset.theme ? root.dataset.theme === 'dark' : system.matches; }
    function label() { button.textContent = isDark() ? button.dataset.light : button.dataset.dark; }
    if (button) {
      button.hidden = false;
      label();
      button.addEventListener('click', function () {
        var next = isDark() ? 'light' : 'dark';
        if ((next === 'dark') === system.matches) next = '';   // back to the system's: follow it again
        store(next);
        show(next);
        label();
      });
      system.addEventListener('change', label);
    }
    document.querySelectorAll('table[data-sort]').forEach(sortable);
    follow();
  });

  /* An old id leads on to where its text stands now. */
  function follow() {
    var id = location.hash.slice(1), at;
    try { at = id && document.getElementById(decodeURIComponent(id)); } catch (e) { return; }
    if (at && at.matches('.moved li')) location.replace(at.querySelector('a').href);
  }

  /* A unit is a tbody (a record with its note row) or, where there is one tbody, a row.
     Key: data-k, else the text. Cells without a value come last in either direction.
     Third press: as written. */
  function sortable(table) {
    var many = table.querySelector('[scope=rowgroup]') !== null, parent = many ? table : table.tBodies[0];
    var units = Array.from(many ? table.tBodies : parent.rows);
    var heads = Array.from(table.tHead.rows[0].cells);
    var words = new Intl.Collator(root.lang || undefined, { numeric: true });
    function keyOf(unit, i) {
      var cell = (many ? unit.rows[0] : unit).cells[i];
      return cell.dataset.k || (cell.querySelector('.empty') ? '' : cell.textContent.trim());
    }
    heads.forEach(function (head, i) {
      if (head.hasAttribute('data-nosort')) return;
      var button = document.createElement('button');
      button.type = 'button';
      button.append.apply(button, Array.from(head.childNodes));
      head.append(button);
      button.addEventListener('click', function () {
        var was = head.getAttribute('aria-sort');
        var now = was === 'ascending' ? 'descending' : was ? null : 'ascending';
        heads.forEach(function (h) { h.removeAttribute('aria-sort'); });
        if (now) head.setAttribute('aria-sort', now);
        units.slice().sort(function (a, b) {
          if (!now) return 0;
          var x = keyOf(a, i), y = keyOf(b, i);
          if (!x || !y) return (x ? 0 : 1) - (y ? 0 : 1);
          return (isNaN(x) || isNaN(y) ? words.compare(x, y) : x - y) * (now === 'ascending' ? 1 : -1);
        }).forEach(function (unit) { parent.append(unit); });
      });
    });
  }
})();
