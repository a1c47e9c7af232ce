// Says amounts as the pages do, in units that stand on the page.

const filled = (message, values) => message.replace(/\{(\w+)\}/g, (_, name) => values[name]);

/** An amount in the largest unit that it fills; in yuan, whole ones go without decimals. */
export function amountSaid(yuan, units, language) {
  const amount = Math.abs(yuan);
  // 999.995 million would round to 1,000.00 million: it is said as 1.00 billion instead.
  const fits = ([size, , whole], at) =>
    amount >= size - (units[at + 1]?.[0] ?? size) / 200 || (whole && amount && amount % whole === 0);
  const [size, words] = units.find(fits) ?? units.at(-1);
  const decimals = size === 1 && Number.isInteger(yuan) ? 0 : 2;
  const shown = { minimumFractionDigits: decimals, maximumFractionDigits: 2 };
  return filled(words, { number: (yuan / size).toLocaleString(language, shown).replace("-", "−") });
}
