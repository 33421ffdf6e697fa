/** Folding and filtering only; the page is whole without it, and what needs it stays hidden until it runs. */
export const PAGE_SCRIPT = `
for (const controls of document.querySelectorAll('.controls')) controls.hidden = false;
document.addEventListener('change', ({ target }) => {
  const table = document.getElementById(target.dataset.onlyMarked);
  if (table) table.classList.toggle('only-marked', target.checked);
});
document.addEventListener('click', ({ target }) => {
  const section = document.getElementById(target.dataset.unfold);
  if (!section) return;
  const blocks = [...section.querySelectorAll('details')];
  const open = blocks.some((block) => !block.open);
  for (const block of blocks) block.open = open;
});
addEventListener('beforeprint', () => {
  for (const block of document.querySelectorAll('details')) block.open = true;
});
`;
