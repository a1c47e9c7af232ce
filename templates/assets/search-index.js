// Looks a query up in the search index, of which it loads only the files that the query needs.
// It cuts queries as generator/website/search/search_tokens.py cuts texts; a change here is a change there.

const CHINESE = "\\u3007\\u3400-\\u9fff\\u{20000}-\\u{3134f}";
const NUMBERING = /\([一二三四五六七八九十]+\)/g; // （三）公务接待费 is not 三公
const MARKS = /[“”‘’"'()《》〈〉「」[\]]/g;
const BROKEN = new RegExp(`([${CHINESE}])\\s+(?=[${CHINESE}])`, "gu");
const PIECES = new RegExp(`([${CHINESE}]+)|(\\d+(?:,\\d{3}(?!\\d))*(?:\\.\\d+)?)|([a-z]+)`, "gu");
const SIZES = "(亿|百万|万|千)?";
const ZEROS = { 亿: 8, 百万: 6, 万: 4, 千: 3, "": 0 };
const UNIT = new RegExp(`^${SIZES}元`);
const PRINTED = new RegExp(`^([\\d,.]+)${SIZES}元?$`);
const LAST = "\uffff"; // after every character of a token

const typed = (text) => text.normalize("NFKC").toLowerCase();
/** A text without differences of typing: width, case, marks, brackets, numbering. */
export const plain = (text) =>
  typed(text).replace(NUMBERING, ";").replace(MARKS, "").replace(BROKEN, "$1");

/** The terms of a query, apart by spaces or commas that are no thousands separators. */
const termsOf = (query) => typed(query).split(/[\s、;]+|,(?!\d{3})/).filter(Boolean);

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
function parts(term) {
  const flat = plain(term);
  const found = [];
  let from = 0;
  for (const match of flat.matchAll(PIECES)) {
    if (match.index < from) continue;
    const [text, chinese, number, word] = match;
    const rest = flat.slice(match.index + text.length);
    const unit = number && rest.match(UNIT);
    if (chinese) found.push(...pairs(chinese));
    else if (word) found.push([{ first: word }]);
    else if (unit) {
      found.push([{ exact: yuanToken(number, unit[1]) }]);
      from = match.index + text.length + unit[0].length;
      const left = rest.slice(unit[0].length);
      return [...found, ...(left ? parts(left) : [])];
    } else found.push(numbered(number));
  }
  return found;
}

function numbered(number) {
  const exact = [{ exact: numberToken(number) }];
  if (!/^\d+$/.test(number)) return exact;
  const code = number.length > 1 && number.length <= 7 ? [{ first: `#${number}` }] : [];
  return [...exact, ...code, number.length > 1 ? { first: number } : { exact: number }];
}

function pairs(chinese) {
  const characters = Array.from(chinese);
  if (characters.length === 1) return [[{ first: chinese }]];
  return characters.slice(1).map((next, at) => [{ exact: characters[at] + next }]);
}

/** The runs of a term that a text must hold as they stand, for pairs alone may come from afar. */
const runs = (term) => plain(term).match(new RegExp(`[${CHINESE}]{3,}`, "gu")) ?? [];

const both = (a, b) => {
  const [few, many] = a.size < b.size ? [a, b] : [b, a];
  return new Set([...few].filter((id) => many.has(id)));
};
const either = (a, b) => new Set([...a, ...b]);

export class Index {
  #folder;
  #files = new Map();

  constructor(folder) {
    this.#folder = folder;
  }

  async #json(name) {
    if (!this.#files.has(name)) this.#files.set(name, this.#fetch(name));
    return this.#files.get(name);
  }

  async #fetch(name) {
    try {
      const answer = await fetch(new URL(`${name}.json`, this.#folder));
      if (!answer.ok) throw new Error(`${name}.json: ${answer.status}`);
      return await answer.json();
    } catch (error) {
      this.#files.delete(name); // a reader who tries again shall not meet the same failure
      throw error;
    }
  }

  about() {
    return this.#json("index");
  }

  /** The numbers of what a token finds, or every token that begins so. */
  async #look({ exact, first }) {
    const from = exact ?? first;
    const to = exact ?? first + LAST;
    const { firsts } = await this.about();
    const numbers = firsts.flatMap((begin, at) =>
      begin <= to && !(firsts[at + 1] <= from) ? [at] : [],
    );
    const files = await Promise.all(numbers.map((number) => this.#json(`t${number}`)));
    const found = new Set();
    for (const file of files) {
      for (const token of exact === undefined ? Object.keys(file) : [exact]) {
        if (exact === undefined ? token.startsWith(first) : Object.hasOwn(file, token)) {
          let id = 0;
          for (const gap of file[token]) found.add((id += gap));
        }
      }
    }
    return found;
  }

  async #own(term) {
    const asked = parts(term);
    if (!asked.length) return undefined;
    const found = await Promise.all(
      asked.map(async (any) => (await Promise.all(any.map((key) => this.#look(key)))).reduce(either)),
    );
    return found.reduce(both);
  }

  async #ofDisclosures(test) {
    const { disclosures } = await this.about();
    const named = disclosures.flatMap((each, number) => (test(each) ? [number] : []));
    const found = await Promise.all(named.map((number) => this.#look({ exact: `@${number}` })));
    return found.reduce(either, new Set());
  }

  /** What is of the disclosures that a term names: a department, a year, 预算 or 决算. */
  #context(term) {
    const flat = plain(term);
    return this.#ofDisclosures(({ called }) => called.some((name) => name.includes(flat)));
  }

  /**
   * The numbers of what has all terms of a query, best first. A term is in the thing itself or in
   * the name of its disclosure, at least one is in the thing itself.
   */
  async find(query, year) {
    const asked = termsOf(query);
    const own = await Promise.all(asked.map((term) => this.#own(term)));
    const terms = asked.filter((_, at) => own[at]);
    const owns = own.filter(Boolean);
    if (!owns.length) return { terms, ids: [] };
    let ids = owns[0];
    if (owns.length > 1) {
      const contexts = await Promise.all(terms.map((term) => this.#context(term)));
      ids = owns.map((found, at) => either(found, contexts[at])).reduce(both);
      ids = both(ids, owns.reduce(either));
    }
    if (year) ids = both(ids, await this.#ofDisclosures((each) => String(each.year) === year));
    return { terms, ids: [...ids].sort((a, b) => a - b) };
  }

  /** What is shown of these finds, without those that hold a term's characters only scattered. */
  async records(ids, terms) {
    const { perFile } = await this.about();
    const whole = terms.flatMap(runs);
    const found = await Promise.all(
      ids.map(async (id) => (await this.#json(`r${Math.floor(id / perFile)}`)).records[id % perFile]),
    );
    const { disclosures } = await this.about();
    return found.filter((record) => {
      const called = record.d.flatMap((number) => disclosures[number].called);
      const text = plain(`${record.t}\n${record.s ?? ""}\n${called.join("\n")}`);
      return whole.every((run) => text.includes(run));
    });
  }

  /** Shorter queries that do find something, for a query that does not. */
  async suggestions(query) {
    const terms = termsOf(query);
    const shorter = terms.length > 1 ? terms : terms.flatMap(pieces);
    const tried = await Promise.all(
      shorter.slice(0, 60).map(async (text) => ((await this.find(text)).ids.length ? text : "")),
    );
    const good = tried.filter(Boolean);
    return good.filter((text, at) => !good.slice(0, at).some((g) => g.includes(text))).slice(0, 4);
  }
}

/** Shorter terms, longest first: of 公务用车费 公务用车, 务用车费, 公务用 and so on. */
function pieces(term) {
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
