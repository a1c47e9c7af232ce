// Looks a query up in the search index, of which it loads only the files that the query needs,
// and of what common words find only the best, until a reader asks for more.

import { All, Any, Aside, Enough, List, OfYears, one, Purse } from "./search-lists.js";
import { asTyped, contextOf, parts, pieces, plain, runs, simplifier, spoken, termsOf } from "./search-words.js";

export { meant, pattern } from "./search-words.js";

const BLOCKS = 12; // to load for one kind of record
const BESIDE = 1 / 3; // as many more, to see whether a find has what mostly names its disclosure
const WANTED = 20;
const MOST_YEARS = 30; // the years after so many share a bit
const FILES = 3; // of tokens that begin alike
const ALIKE = 24; // tokens that begin alike
const FIRST = 24; // records that are looked at for a name like what was typed
const LAST = "\uffff"; // after every character of a token
const BEGINNING = "\uff5e"; // before the first character of tokens
const NAMED = "@"; // before the tokens of departments' names
const CUT = "…";

/** How many characters of one text are others than those of another, where they are as long. */
const differing = (a, b) => (a.length === b.length ? a.filter((each, at) => each !== b[at]).length : Infinity);

/** Of one kind of record what a query finds, as far as it was looked for. */
class Group {
  constructor(word, from, to, known) {
    this.word = word;
    this.ids = [];
    this.whose = [];
    this.from = from;
    this.to = to;
    this.known = known; // how many there are, where the index tells
    this.complete = from >= to;
  }
}

export class Index {
  #folder;
  #files = new Map();
  #lists = new Map();

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

  // ── tokens ──────────────────────────────────────────────────────────────────────────────

  /** The numbers of the files that may have tokens from one to another. */
  async #between(from, to) {
    const { firsts, level, below } = await this.about();
    return this.#inside(firsts, 0, level, below, from, to);
  }

  async #inside(firsts, base, level, below, from, to) {
    const numbers = firsts.flatMap((first, at) => (first <= to && !(firsts[at + 1] <= from) ? [base + at] : []));
    if (!level) return numbers;
    const some = numbers.slice(0, FILES + 1);
    const nodes = await Promise.all(some.map((number) => this.#json(`u${level}-${number}`)));
    const found = nodes.map((node, at) => this.#inside(node, some[at] * below, level - 1, below, from, to));
    return (await Promise.all(found)).flat();
  }

  #list(token, entry) {
    if (!this.#lists.has(token)) this.#lists.set(token, new List(entry, (name) => this.#json(name)));
    return this.#lists.get(token);
  }

  async #look({ exact, first, length }) {
    if (exact !== undefined) return this.#exact(exact);
    if (/^[^\d#@]$/u.test(first)) return this.#exact(BEGINNING + first);
    const numbers = await this.#between(first, first + LAST);
    const files = await Promise.all(numbers.slice(0, FILES).map((number) => this.#json(`t${number}`)));
    const fits = (token) => token.startsWith(first) && (!length || token.length === length);
    const found = files.flatMap((file) => Object.entries(file).filter(([token]) => fits(token)));
    const lists = found.map(([token, entry]) => this.#list(token, entry));
    const most = lists.sort((a, b) => b.size - a.size).slice(0, ALIKE);
    return new Any(most, numbers.length > FILES || lists.length > ALIKE);
  }

  async #exact(token) {
    const numbers = await this.#between(token, token);
    const files = await Promise.all(numbers.map((number) => this.#json(`t${number}`)));
    const file = files.find((each) => Object.hasOwn(each, token));
    return file ? this.#list(token, file[token]) : new List([]);
  }

  /** The terms of a query, in the characters that the index has. */
  async #terms(query) {
    const { everyday, traditional } = await this.about();
    return termsOf(simplifier(traditional)(query), everyday);
  }

  /** What has all parts of a term; nothing where it has none to look up. */
  async #own(asked) {
    if (!asked.length) return undefined;
    const found = asked.map(async (any) => one(await Promise.all(any.map((key) => this.#look(key))), Any));
    return one(await Promise.all(found), All);
  }

  /** What has any of some terms that mean the same. */
  async #any(terms) {
    const found = (await Promise.all(terms.map((term) => this.#own(parts(term))))).filter(Boolean);
    return found.length ? one(found, Any) : undefined;
  }

  // ── whose it is ─────────────────────────────────────────────────────────────────────────

  /** The department, year and kind of a disclosure's number. */
  async #told() {
    const { firstYear, years } = await this.about();
    return (number) => {
      const rest = (number - 1) >> 1;
      return { department: Math.floor(rest / years), year: firstYear + (rest % years), kind: (number - 1) & 1 };
    };
  }

  async #departments(name) {
    const keys = parts(name).map((any) => any.map(({ exact, first }) => (exact ? { exact: NAMED + exact } : { first: NAMED + first })));
    const found = await Promise.all(
      keys.map(async (any) => {
        const lists = (await Promise.all(any.map((key) => this.#look(key)))).flatMap((list) => list.lists ?? [list]);
        return new Set((await Promise.all(lists.map((list) => list.all()))).flat());
      }),
    );
    return found.reduce((a, b) => new Set([...a].filter((each) => b.has(each))));
  }

  /** The departments that a text names, the first so many, with all their disclosures. */
  async named(text, most) {
    const { perDepartments, disclosures, traditional } = await this.about();
    const name = simplifier(traditional)(text);
    const numbers = parts(name).length ? [...(await this.#departments(name))].sort((a, b) => a - b) : [];
    return Promise.all(
      numbers.slice(0, most).map(async (number) => {
        const { id, disclosures: held } = (await this.#json(`d${Math.floor(number / perDepartments)}`))[number % perDepartments];
        const told = ([year, kind, called, english]) => ({ id: `${id}/${year}-${disclosures[kind][1]}`, year, kind: disclosures[kind][0], name: called, english });
        return held.map(told);
      }),
    );
  }

  /** Whether a disclosure is one that a term, or its everyday word, names; nothing where it names none. */
  async #context([term, ...meant]) {
    const { name, year, kind } = [contextOf(term), ...meant.map(contextOf).filter((each) => !each.name)].at(-1);
    const { disclosures } = await this.about();
    const wanted = disclosures.findIndex(([word]) => word === kind);
    if (name && !parts(name).length) return undefined;
    const departments = name ? await this.#departments(name) : undefined;
    if (departments && !departments.size) return undefined;
    const fits = (of) =>
      (!departments || departments.has(of.department)) && (!year || of.year === year) && (wanted < 0 || of.kind === wanted);
    return { fits, year };
  }

  async #filter({ year, place, disclosure }) {
    const { places, disclosures } = await this.about();
    const [, , from, to] = places.find(([code]) => code === place) ?? [place, "", 0, place ? 0 : Infinity];
    const kind = disclosures.findIndex(([word]) => word === disclosure);
    return (of) =>
      from <= of.department && of.department < to && (!year || of.year === Number(year)) && (!disclosure || of.kind === kind);
  }

  // ── what is found ───────────────────────────────────────────────────────────────────────

  /**
   * What has all terms of a query, by the kind of record, best first. A term is in the thing itself
   * or in the name of its disclosure, at least one is in the thing itself.
   */
  async find(query, filters = {}, blocks = BLOCKS, wanted = WANTED) {
    const { everyday } = await this.about();
    const asked = (await this.#terms(query)).map((term) => spoken(term, everyday));
    const owns = await Promise.all(asked.map((any) => this.#any(any)));
    const terms = asked.filter((_, at) => owns[at]);
    const own = owns.filter(Boolean);
    const contexts = own.length > 1 ? await Promise.all(terms.map((any) => this.#context(any))) : [undefined];
    const needed = own.filter((_, at) => !contexts[at]);
    const others = own.flatMap((list, at) => (contexts[at] ? [{ list: needed.length ? new Aside(list) : list, ...contexts[at] }] : []));
    const { kinds } = await this.about();
    const free = !Object.values(filters).some(Boolean);
    const groups = kinds.map(([word, first], at) => {
      const end = kinds[at + 1]?.[1] ?? Infinity;
      return new Group(word, first, own.length && first !== end ? end : first, free && own.length === 1 ? own[0].counts?.[at] : undefined);
    });
    const found = {
      terms,
      groups,
      cut: own.some(({ cut }) => cut),
      driver: await this.#driver(needed, others, filters.year),
      others,
      filter: free ? undefined : await this.#filter(filters),
      told: await this.#told(),
    };
    const chosen = filters.kind ? groups.filter(({ word }) => word === filters.kind) : groups;
    for (const group of chosen) await this.more(found, group, wanted, blocks);
    return found;
  }

  /**
   * The list of what may be found, of which each find is then looked at. Where a term names a year,
   * it is of that year, or has the term itself.
   */
  async #driver(needed, others, chosen) {
    const { firstYear, years } = await this.about();
    const mask = (year) => (firstYear <= year && year < firstYear + years ? 1 << Math.min(year - firstYear, MOST_YEARS) : 0);
    const dated = others.find(({ year }) => year);
    let driver = needed.length ? one(needed, All) : one(others.map(({ list }) => list), Any);
    if (needed.length && dated) {
      driver = new Any([new OfYears(driver, mask(dated.year)), new Aside(new All([...needed, dated.list]))]);
    }
    return chosen ? new OfYears(driver, mask(Number(chosen))) : driver;
  }

  /** Looks for more of a kind, until so many more are found or so many blocks loaded. */
  async more(found, group, wanted = WANTED, blocks = BLOCKS) {
    const purse = new Purse(blocks, wanted, blocks * BESIDE);
    try {
      while (!group.complete) await this.#next(found, group, purse);
    } catch (error) {
      if (!(error instanceof Enough)) throw error;
    }
    found.cut ||= purse.missed;
  }

  async #next(found, group, purse) {
    const next = await found.driver.seek(group.from, purse);
    if (!next || next.number >= group.to) {
      group.complete = true;
      return;
    }
    const whose = await this.#fitting(found, next, purse);
    group.from = next.number + 1;
    if (!whose) return;
    purse.found += 1;
    group.ids.push(next.number);
    group.whose.push(whose);
  }

  /** Of which of its disclosures it is what was asked for; what is of none is of any. */
  async #fitting(found, { number, whose }, purse) {
    if (whose[0] === 0) return [];
    let of = whose.map(found.told);
    for (const { list, fits } of found.others) {
      const named = of.filter(fits);
      if (named.length) of = named;
      else if ((await list.seek(number, purse))?.number !== number) return undefined;
    }
    if (found.filter) of = of.filter(found.filter);
    return of.length ? of : undefined;
  }

  /** How many finds there are of each year, kind of disclosure and place, as far as was looked. */
  async facets(found) {
    const { places, disclosures } = await this.about();
    const counts = { year: new Map(), disclosure: new Map(), place: new Map() };
    const add = (map, key) => map.set(key, (map.get(key) ?? 0) + 1);
    const departments = new Map();
    for (const of of found.groups.flatMap(({ whose }) => whose)) {
      for (const year of new Set(of.map((each) => each.year))) add(counts.year, String(year));
      for (const kind of new Set(of.map((each) => each.kind))) add(counts.disclosure, disclosures[kind][0]);
      for (const department of new Set(of.map((each) => each.department))) add(departments, department);
    }
    for (const [code, , from, to] of places) {
      for (const [department, count] of departments) {
        if (from <= department && department < to) counts.place.set(code, (counts.place.get(code) ?? 0) + count);
      }
    }
    return counts;
  }

  /** What is shown of these finds, without those that hold a term's characters only scattered. */
  async records(ids, terms) {
    const { slots, traditional } = await this.about();
    const simplified = simplifier(traditional);
    const whole = terms.map((any) => any.map(runs));
    const told = await this.#told();
    const found = await Promise.all(
      ids.map(async (id) => {
        const record = (await this.#json(`r${Math.floor(id / slots)}`))[id % slots];
        return { ...record, of: await Promise.all(record.d.map((number) => this.#disclosure(told(number)))) };
      }),
    );
    return found.filter((record) => {
      const text = simplified(plain(`${record.t}\n${record.s ?? ""}\n${record.of.map(({ called }) => called).join("\n")}`));
      return record.s?.endsWith(CUT) || record.t.endsWith(CUT) || whole.every((any) => any.some((all) => all.every((run) => text.includes(run))));
    });
  }

  async #disclosure({ department, year, kind }) {
    const { perDepartments, disclosures } = await this.about();
    const file = await this.#json(`d${Math.floor(department / perDepartments)}`);
    const who = file[department % perDepartments];
    const [, , name, english] = who.disclosures.find(([y, k]) => y === year && k === kind);
    const [word, slug] = disclosures[kind];
    const when = `${year}年部门${word}\n${year}年${word}\n${year}年度${word}`;
    const called = `${who.called.map((each) => `${each}${when}`).join("\n")}\n${plain(english)}`;
    return { name, english, year, kind: word, called, path: `departments/${who.id}/${year}-${slug}/` };
  }

  /** Shorter queries that do find something, for a query that does not. */
  async suggestions(query) {
    const terms = await this.#terms(query);
    const alike = terms.length === 1 ? await this.#alike(terms[0]) : [];
    if (alike.length) return alike;
    const shorter = terms.length > 1 ? terms : terms.flatMap(pieces);
    const good = [];
    for (const text of shorter.slice(0, 60)) {
      if (good.length === 4) break;
      if (!good.some((each) => each.includes(text)) && (await this.#finds(asTyped(text)))) good.push(asTyped(text));
    }
    return good;
  }

  /** Names that differ from a term in one character. */
  async #alike(term) {
    const characters = Array.from(plain(term));
    if (characters.length < 4 || characters.length > 12 || runs(term)[0] !== characters.join("")) return [];
    const lists = await Promise.all(parts(term).map(([key]) => this.#look(key)));
    const found = new Set();
    for (const wrong of characters.keys()) {
      const rest = lists.filter((_, at) => at !== wrong && at !== wrong - 1);
      for (const { t } of await this.#first(one(rest, All))) {
        const names = runs(t).filter((name) => differing(Array.from(name), characters) === 1);
        for (const name of names) found.add(name);
      }
      if (found.size) break;
    }
    return [...found].slice(0, 4);
  }

  /** The first records of a list, without loading much. */
  async #first(list) {
    const { slots } = await this.about();
    const purse = new Purse(ALIKE, Infinity);
    const records = [];
    try {
      let next = await list.seek(0, purse);
      while (next && records.length < FIRST) {
        records.push((await this.#json(`r${Math.floor(next.number / slots)}`))[next.number % slots]);
        next = await list.seek(next.number + 1, purse);
      }
    } catch (error) {
      if (!(error instanceof Enough)) throw error;
    }
    return records;
  }

  async #finds(text) {
    const { groups } = await this.find(text, {}, 1);
    return groups.some(({ ids }) => ids.length);
  }
}
