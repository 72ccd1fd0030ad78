// Says that this phone keeps nothing. Fetched by journal.js when the browser lets nothing be kept, or not any more: in private
// mode, on a full disk, where storage is blocked. Everything goes on from memory and server.

const WORDS = {
  zh: '这部手机上存不了东西（可能是无痕浏览、空间不够或浏览器不让存）。填的内容会直接存到服务器：看到“已保存”、照片都打了勾，再关页面。',
  en: 'Nothing can be kept on this phone (private browsing, no space left, or the browser forbids it). What you enter goes straight to the server: close this page only after it says “Saved” and every photo has its tick.',
};

const root = document.documentElement;
const line = document.createElement('p');
line.className = 'offline';
line.id = 'unkept';
line.setAttribute('role', 'status');
line.hidden = true;
document.body.prepend(line);

const speak = () => {
  line.textContent = root.lang === 'en' ? WORDS.en : WORDS.zh;
};
speak();
new MutationObserver(speak).observe(root, { attributes: true, attributeFilter: ['lang'] });

export function show(isUnkept) {
  line.hidden = !isUnkept;
}
