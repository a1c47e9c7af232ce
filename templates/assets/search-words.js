// Cuts a query into what is looked up for it, and marks in a text what was meant.
// It cuts queries as generator/website/search/search_tokens.py cuts texts; a change here is a change there.

const CHINESE = "\\u3007\\u3400-\\u9fff\\u{20000}-\\u{3134f}";
const NUMBERING = /\([一二三四五六七八九十]+\)/g; // （三）公务接待费 is not 三公
const MARKS = /[“”‘’"'()《》〈〉「」[\]]/g;
const BROKEN = new RegExp(`([${CHINESE}])\\s+(?=[${CHINESE}])`, "gu");
const PIECES = new RegExp(`([${CHINESE}]+)|(\\d+(?:,\\d{3}(?!\\d))*(?:\\.\\d+)?)|([a-z]+)`, "gu");
const LONGEST = 64; // characters of a word or a number
const SIZES = "(亿|百万|万|千)?";
const ZEROS = { billion: 9, 亿: 8, million: 6, 百万: 6, 万: 4, 千: 3, "": 0 };
const SIZE = /^(亿|百万|万|千|million|billion)$/; // 10.18亿, as people leave 元 out
const IN_ENGLISH = /(\d) ?(?:(million|billion)\b)?(?: ?yuan\b)?/g; // 44.18 million yuan is one term
const UNIT = new RegExp(`^${SIZES}元`);
const PRINTED = new RegExp(`^([\\d,.]+)${SIZES}元?$`);

const typed = (text) => text.normalize("NFKC").toLowerCase();
/** A text without differences of typing: width, case, marks, brackets, numbering. */
export const plain = (text) =>
  typed(text).replace(NUMBERING, ";").replace(MARKS, "").replace(BROKEN, "$1");

/** What tells a text with the mainland's characters for the traditional ones that an index knows. */
export function simplifier([traditional, simplified]) {
  const known = new Map(Array.from(traditional, (each, at) => [each, simplified[at]]));
  return (text) => Array.from(text.normalize("NFKC"), (each) => known.get(each) ?? each).join("");
}

const ENGLISH = /^[a-z ]+$/;
const GAP = "_"; // after each word of a term that is an everyday word, and is looked up whole

/** An English word, or several, whether one or many are meant. */
const singular = (words) => words.replace(/ies$/, "y").replace(/([^su])s$/, "$1");

/** A query whose amounts in English are one word each. */
const amountsJoined = (query) => query.replace(IN_ENGLISH, (said, digit, size) => (size ? digit + size : said.replace(/ ?yuan/, "元")));

/** The terms of a query, apart by spaces or commas that are no thousands separators. */
export function termsOf(query, everyday) {
  const words = amountsJoined(typed(query)).split(/[\s、;]+|,(?!\d{3})/).filter(Boolean);
  const found = [];
  for (let at = 0; at < words.length; ) {
    const phrase = [3, 2, 1].map((count) => words.slice(at, at + count)).find((some) => meansOf(some.join(" "), everyday));
    found.push(phrase ? phrase.join(GAP) + GAP : words[at]);
    at += phrase?.length ?? 1;
  }
  return found;
}

/** A term as it was typed. */
export const asTyped = (term) => term.replaceAll(GAP, " ").trim();

/** What disclosures print for English words. */
function meansOf(words, everyday) {
  const said = ENGLISH.test(words) && [words, singular(words)].find((each) => Object.hasOwn(everyday, each));
  return said ? everyday[said] : undefined;
}

function numberToken(number) {
  const [whole, decimals = ""] = number.replaceAll(",", "").split(".");
  const kept = decimals.replace(/0+$/, "");
  return `=${whole.replace(/^0+(?=\d)/, "")}${kept && "."}${kept}`;
}

/** The token in yuan of a number with its unit; the point is moved, as floating point would err. */
function yuanToken(number, unit) {
  const [whole, decimals = ""] = number.replaceAll(",", "").split(".");
  const zeros = ZEROS[unit ?? ""];
  const moved = decimals.padEnd(zeros, "0");
  return numberToken(`${whole}${moved.slice(0, zeros)}.${moved.slice(zeros)}`);
}

/** What to look up for a term: all of the parts, of each part any of its alternatives. */
export function parts(term) {
  const flat = plain(term);
  const found = [];
  let from = 0;
  for (const match of flat.matchAll(PIECES)) {
    if (match.index < from) continue;
    const [text, chinese, number, word] = match;
    const rest = flat.slice(match.index + text.length);
    const unit = number && (rest.match(UNIT) ?? rest.match(SIZE));
    if (chinese) found.push(...pairs(chinese));
    else if (rest.startsWith(GAP)) found.push([word, singular(word), `${word}s`].map((exact) => ({ exact })));
    else if (word || number.length > LONGEST) found.push([{ first: beginning(text).slice(0, LONGEST) }]);
    else if (unit) {
      found.push([{ exact: yuanToken(number, unit[1]) }]);
      from = match.index + text.length + unit[0].length;
      const left = rest.slice(unit[0].length);
      return [...found, ...(left ? parts(left) : [])];
    } else found.push(numbered(number));
  }
  return found;
}

/** What a word begins with, be it one or many; initials, which mostly have no vowel, stay. */
const beginning = (word) => (/^(?=.*[aeiou])[a-z]{5,}$/.test(word) ? word.replace(/(ies|([^su])s)$/, (_, end, last) => last ?? "") : word);

function numbered(number) {
  const exact = [{ exact: numberToken(number) }];
  if (!/^\d+$/.test(number)) return exact;
  return [...exact, ...coded(number), number.length > 1 ? { first: number } : { exact: number }];
}

/** A class, section or item is found by itself; of 2010 the sections that begin so. */
function coded(number) {
  if (number.length < 2 || number.length > 7) return [];
  const code = `#${number}`;
  return number.length % 2 ? [{ exact: code }] : [{ exact: code }, { first: code, length: code.length + 1 }];
}

function pairs(chinese) {
  const characters = Array.from(chinese);
  if (characters.length === 1) return [[{ first: chinese }]];
  return characters.slice(1).map((next, at) => [{ exact: characters[at] + next }]);
}

/** A term, and what disclosures print for the everyday words in it. */
export function spoken(term, everyday) {
  const flat = plain(term);
  const english = meansOf(asTyped(flat), everyday);
  if (english) return [term, ...english];
  const said = Object.entries(everyday).filter(([word]) => flat.includes(word));
  const meant = said.flatMap(([word, printed]) => printed.map((each) => flat.replace(word, each)));
  return [term, ...meant.filter((each) => each !== flat)];
}

const CONTEXT = /^(.*?)(?:(?<!\d)((?:19|20)\d\d)(?:年度?)?)?(?:部门)?(预算|决算)?$/u;

/** What a term says of whose it may be: the name of a department, a year, a kind of disclosure. */
export function contextOf(term) {
  const [, name, year, kind] = plain(term).match(CONTEXT) ?? [];
  return name === undefined ? { name: plain(term) } : { name, year: year && Number(year), kind };
}

/** The runs of a term that a text must hold as they stand, for pairs alone may come from afar. */
export const runs = (term) => plain(term).match(new RegExp(`[${CHINESE}]{3,}`, "gu")) ?? [];

/** Shorter terms, longest first: of 公务用车费 公务用车, 务用车费, 公务用 and so on. */
export function pieces(term) {
  const found = [...plain(term).matchAll(PIECES)];
  const [first] = found;
  // Of a code what lies above it; the digits of any other number mean nothing by themselves.
  if (found.length === 1 && first[2]) return /^[235]\d{3,6}$/.test(first[2]) ? above(first[2]) : [];
  const whole = found.length > 1 ? found.map(([text]) => text).filter((text) => !UNIT.test(text)) : [];
  return [...whole, ...found.flatMap(([, chinese]) => (chinese ? shorter(chinese) : []))];
}

const above = (code) => [5, 3].filter((length) => length < code.length).map((length) => code.slice(0, length));

function shorter(chinese) {
  const characters = Array.from(chinese).slice(0, 12);
  const found = [];
  for (let length = characters.length - 1; length >= 2; length--) {
    for (let at = 0; at + length <= characters.length; at++) {
      found.push(characters.slice(at, at + length).join(""));
    }
  }
  return found;
}

const BETWEEN = "[\\s“”‘’\"'()（）《》〈〉「」\\[\\]［］]*";

/** A pattern for what of a text is to be marked, whatever marks stand between its characters. */
export function pattern(terms) {
  const words = terms.flatMap((term) => [...plain(term).matchAll(PIECES)].map(([word]) => word));
  const longest = [...new Set(words)].sort((a, b) => b.length - a.length);
  const spelled = longest.map((word) =>
    Array.from(word.replaceAll(",", "")).map(literal).join(/^\d/.test(word) ? ",?" : BETWEEN),
  );
  return spelled.length ? new RegExp(`(${spelled.join("|")})`, "giu") : undefined;
}

const literal = (character) => (character === "." ? "\\." : character);

/** Which of a record's amounts a query's number means; where it means none, the first. */
export function meant(record, terms) {
  const asked = new Set(terms.flatMap((term) => parts(term).flat().map(({ exact }) => exact)));
  const amounts = record.a ?? [];
  const hit = amounts.find(([, printed]) => {
    const [, number = "", unit] = printed.replace("−", "").match(PRINTED) ?? [];
    if (!number) return false;
    const inUnit = unit ?? (record.u ?? "").match(UNIT)?.[1];
    return asked.has(numberToken(number)) || asked.has(yuanToken(number, inUnit));
  });
  return { amount: hit ?? amounts[0], hit: Boolean(hit) };
}
