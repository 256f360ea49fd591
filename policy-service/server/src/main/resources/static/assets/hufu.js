/*
 * What helps where scripts run; every page works without.
 * 1. Ctrl/⌘+Enter in a query sends its form. 2. A form that was sent is not sent twice. 3. A receipt that waits for its
 * signed checkpoint is looked up again, a few times, and said aloud when it changes. 4. The place in a query that was refused
 * is selected. 5. What stands in a query's form goes along when the language is switched, and is there again when its writer signs
 * in anew after the session has ended; this tab keeps it no longer than that, and shows it to no other account.
 */
(() => {
  'use strict';

  document.addEventListener('keydown', (event) => {
    const box = event.target;
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && box instanceof HTMLTextAreaElement && box.form) {
      event.preventDefault();
      box.form.requestSubmit(box.form.querySelector('button.go') || undefined);
    }
  });

  document.addEventListener('submit', (event) => {
    const form = event.target;
    if (form.dataset.sent === 'yes') {
      event.preventDefault();
      return;
    }
    form.dataset.sent = 'yes';
    setTimeout(() => delete form.dataset.sent, 5000);
  });
  const question = document.getElementById('sql')?.form;
  const kept = 'hufu.question';
  const account = document.querySelector('.who-name b')?.textContent;
  const here = new URLSearchParams(location.search);
  const keep = (back) => {
    const fields = [...new FormData(question)].filter(([name]) => name !== '_csrf');
    sessionStorage.setItem(kept, JSON.stringify({ account, fields, back }));
  };
  const written = JSON.parse(sessionStorage.getItem(kept) ?? 'null');
  if (account || here.has('logout')) sessionStorage.removeItem(kept);
  else if (written && here.has('expired')) sessionStorage.setItem(kept, JSON.stringify({ ...written, back: 'sign-in' }));
  if (question) {
    if (written?.back && written.account === account) {
      written.fields.forEach(([name, value]) => {
        const field = question.elements.namedItem(name);
        if (field instanceof HTMLElement) field.value = value;
      });
      const said = document.getElementById('restored');
      if (said && written.back === 'sign-in') said.hidden = false;
    }
    question.addEventListener('submit', () => keep(''));
    addEventListener('pagehide', () => {
      if (!leaving) keep('');
    });
  }
  let leaving = false;
  document.querySelector('header a[hreflang]')?.addEventListener('click', () => {
    if (question) {
      leaving = true;
      keep('language');
    }
  });
  document.querySelector('header form')?.addEventListener('submit', () => {
    leaving = true;
    sessionStorage.removeItem(kept);
  });

  addEventListener('pageshow', () => {
    document.querySelectorAll('form[data-sent]').forEach((form) => delete form.dataset.sent);
  });

  document.querySelectorAll('textarea[data-from]').forEach((box) => {
    box.focus();
    box.setSelectionRange(Number(box.dataset.from), Number(box.dataset.to));
  });

  const refresh = async (part, left) => {
    try {
      const answer = await fetch(location.href, { headers: { Accept: 'text/html' }, cache: 'no-store' });
      if (!answer.ok || answer.redirected) return;
      const page = new DOMParser().parseFromString(await answer.text(), 'text/html');
      const fresh = page.getElementById(part.id);
      if (!fresh) return;
      if (fresh.dataset.waiting !== part.dataset.waiting) {
        part.replaceWith(document.importNode(fresh, true));
        return;
      }
    } catch {
      return;
    }
    if (left > 1) setTimeout(refresh, 1500, part, left - 1);
  };
  document.querySelectorAll('[data-waiting=yes]').forEach((part) => setTimeout(refresh, 1200, part, 6));
})();
