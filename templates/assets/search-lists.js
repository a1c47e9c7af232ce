// What tokens find, in order, read block by block as far as it is needed.
// A list answers `seek(number)`: the first of its finds that is not before the number.

/** Thrown where enough was found, or too much would have to be loaded to find more. */
export class Enough extends Error {}

/** How many blocks may be loaded, and how many finds are enough; some more blocks for what is looked up aside. */
export class Purse {
  constructor(blocks, wanted, aside = 0) {
    this.blocks = blocks;
    this.wanted = wanted;
    this.found = 0;
    this.missed = false; // whether something was not looked up aside
    this.aside = aside ? new Purse(aside, Infinity) : undefined;
  }

  spend() {
    if (this.found >= this.wanted || this.blocks <= 0) throw new Enough();
    this.blocks -= 1;
  }
}

/** The place of the first number that is not before another. */
function lower(numbers, number) {
  let [from, to] = [0, numbers.length];
  while (from < to) {
    const middle = (from + to) >> 1;
    if (numbers[middle] < number) from = middle + 1;
    else to = middle;
  }
  return from;
}

function unpacked(gaps) {
  const numbers = [];
  const whose = [];
  let number = 0;
  for (let at = 0; at < gaps.length; at += 2) {
    numbers.push((number += gaps[at]));
    whose.push(gaps[at + 1]);
  }
  return { numbers, whose };
}

/** What one token finds. */
export class List {
  #blocks = [];
  #load;
  #entry;

  /** @param entry the line of a token: its finds, or where its blocks are */
  constructor(entry, load) {
    this.#entry = entry;
    this.#load = load;
    this.cut = Boolean(entry.cut); // only the best are told
    this.firsts = Array.isArray(entry) ? [0] : entry.firsts;
    if (Array.isArray(entry)) this.#blocks[0] = unpacked(entry);
  }

  /** How much it finds, at least. */
  get size() {
    return Array.isArray(this.#entry) ? this.#entry.length : Infinity;
  }

  /** How much of each kind of record it finds, where that is told. */
  get counts() {
    return this.cut ? undefined : this.#entry.counts;
  }

  async #block(at, purse) {
    if (!this.#blocks[at]) {
      purse?.spend();
      this.#blocks[at] = unpacked(await this.#load(`b${this.#entry.block + at}`));
    }
    return this.#blocks[at];
  }

  /** @param years a mask: blocks that have nothing of these years are passed over */
  async seek(number, purse, years = -1) {
    let at = Math.max(0, lower(this.firsts, number + 1) - 1);
    for (; at < this.firsts.length; at++) {
      if (!((this.#entry.years?.[at] ?? -1) & years)) continue;
      const { numbers, whose } = this.#blocks[at] ?? (await this.#block(at, purse));
      const place = lower(numbers, number);
      if (place < numbers.length) {
        const end = lower(numbers, numbers[place] + 1);
        return { number: numbers[place], whose: whose.slice(place, end) };
      }
    }
    return undefined;
  }

  async all() {
    const blocks = await Promise.all(this.firsts.map((_, at) => this.#block(at)));
    return blocks.flatMap(({ numbers }) => numbers);
  }
}

/** What all of some lists find. */
export class All {
  #known; // the last answer, and from which number on it is right: looking further may be long

  constructor(lists) {
    this.lists = lists;
    this.cut = lists.some(({ cut }) => cut);
  }

  async seek(number, purse, years) {
    const { from, found, of } = this.#known ?? {};
    if (from <= number && of === years && !(found?.number < number)) return found;
    const next = await this.#look(number, purse, years);
    this.#known = { from: number, found: next, of: years };
    return next;
  }

  async #look(number, purse, years) {
    for (;;) {
      const found = await Promise.all(this.lists.map((list) => list.seek(number, purse, years)));
      if (found.some((each) => !each)) return undefined;
      const furthest = Math.max(...found.map((each) => each.number));
      if (found.every((each) => each.number === furthest)) return found[0];
      number = furthest;
    }
  }
}

/** What any of some lists finds. */
export class Any {
  constructor(lists, cut = false) {
    this.lists = lists;
    this.cut = cut || lists.some((list) => list.cut);
  }

  async seek(number, purse, years) {
    const found = await Promise.all(this.lists.map((list) => list.seek(number, purse, years)));
    return found.filter(Boolean).reduce((a, b) => (a && a.number <= b.number ? a : b), undefined);
  }
}

/** What a list finds that is seldom needed, as far as blocks may be loaded for it beside the others. */
export class Aside {
  #spent; // where all was spent on it

  constructor(list) {
    this.list = list;
    this.cut = list.cut;
  }

  async seek(number, purse, years) {
    if (purse && this.#spent === purse) return undefined;
    try {
      return await this.list.seek(number, purse?.aside ?? purse, years);
    } catch (error) {
      if (!(error instanceof Enough) || !purse?.aside) throw error;
      purse.missed = true;
      this.#spent = purse;
      return undefined;
    }
  }
}

/** What a list finds of some years; it may find something of others, too. */
export class OfYears {
  constructor(list, years) {
    this.list = list;
    this.years = years;
    this.cut = list.cut;
  }

  seek(number, purse) {
    return this.list.seek(number, purse, this.years);
  }
}

export const one = (lists, Kind) => (lists.length === 1 ? lists[0] : new Kind(lists));
