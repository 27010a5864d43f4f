'use strict';
const texts = [...document.querySelectorAll('section.text')];
const buttons = [...document.querySelectorAll('nav button')];
const value = document.getElementById('value');

function choose(index) {
  texts.forEach((text, i) => text.hidden = i !== index);
  buttons.forEach((button, i) => button.setAttribute('aria-pressed', i === index));
}

buttons.forEach((button, index) => button.addEventListener('click', () => choose(index)));

// A cell of a strip has its share of the row's limit; the row or its table says which quantity it is.
function describe(cell) {
  const row = cell.parentElement, table = row.closest('table');
  const share = parseFloat(cell.style.getPropertyValue('--v')) * (cell.matches('.n, .m') ? -1 : 1);
  const neuron = table.dataset.neuron || row.cells[0].textContent;
  const quantity = row.dataset.quantity || table.dataset.quantity;
  return `neuron ${neuron}, t = ${cell.cellIndex - 1}, "${cell.textContent}": ${quantity} = ${(share * row.dataset.limit).toFixed(3)}`;
}

function show(event) {
  const cell = event.target.closest('.strip tr[data-limit] td');
  if (cell) {
    value.textContent = describe(cell);
  }
}

// One cell of each table is reached with Tab; the arrows go on from there.
function move(event) {
  const cell = event.target.closest('.strip td');
  if (!cell) {
    return;
  }

  const row = cell.parentElement, rows = [...row.closest('table').rows].filter(other => other.dataset.limit);
  const at = rows.indexOf(row), column = cell.cellIndex, last = row.cells.length - 1;
  const targets = {
    ArrowRight: [at, Math.min(column + 1, last)], ArrowLeft: [at, Math.max(column - 1, 1)],
    ArrowDown: [Math.min(at + 1, rows.length - 1), column], ArrowUp: [Math.max(at - 1, 0), column],
    Home: [at, 1], End: [at, last],
  };
  const target = targets[event.key];
  if (target) {
    event.preventDefault();
    const next = rows[target[0]].cells[target[1]];
    cell.tabIndex = -1;
    next.tabIndex = 0;
    next.focus();
  }
}

document.addEventListener('mouseover', show);
document.addEventListener('focusin', show);
document.addEventListener('keydown', move);
for (const table of document.querySelectorAll('.strip')) {
  const first = table.querySelector('tr[data-limit] td');
  if (first) {
    first.tabIndex = 0;
  }
}

choose(0);
