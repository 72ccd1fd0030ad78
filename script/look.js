// Before the first paint: how the app looks and speaks on this phone (src/settings.rs keeps it). The server reads language and
// place from cookies, which name no person; a page that it filled for another choice is not shown, and the app draws it.

(() => {
  const root = document.documentElement;

  function stored(name) {
    // Where storage is blocked, nothing was chosen.
    try {
      return localStorage.getItem(name);
    } catch (_) {
      return null;
    }
  }

  function isFor(attribute, cookie, value, spelled) {
    if (!root.dataset.division || attribute === spelled) return true;
    try {
      document.cookie = cookie + '=' + value + '; Path=/; Max-Age=31536000; SameSite=Lax';
    } catch (_) {
      // The next page is hidden too.
    }
    return false;
  }

  // The code of a poster that was scanned: the server writes it with what is begun within the hour.
  const channel = /[?&]channel=([A-Za-z0-9-]{1,40})(&|$)/.exec(location.search);
  try {
    if (channel) document.cookie = 'channel=' + channel[1] + '; Path=/; Max-Age=3600; SameSite=Lax';
  } catch (_) {
    // Where cookies are blocked, nobody signs in either.
  }

  const language = stored('language') === 'en' ? 'en' : 'zh';
  const tag = language === 'en' ? 'en' : 'zh-CN';
  const division = stored('division') || '430702';
  const isDark = stored('theme') ? stored('theme') === 'dark' : matchMedia('(prefers-color-scheme: dark)').matches;
  const speaks = isFor(root.lang, 'language', language, tag);
  const lies = isFor(root.dataset.division, 'division', division, division);
  if (!speaks || !lies) root.dataset.unfit = 'true';
  root.lang = tag;
  root.dataset.care = stored('care') === 'on' ? 'on' : 'off';
  root.dataset.theme = isDark ? 'dark' : 'light';
})();
