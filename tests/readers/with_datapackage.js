// Node's datapackage, which checks types, keys and relations of its own: over the package with everything.
const { Package } = require("datapackage");

const cents = (text) => Math.round(Number(text) * 100);
const yuan = (sum) => Math.round(sum / 100);

async function main(site) {
  const all = await Package.load(`${site}/data/all/datapackage.json`, {
    basePath: `${site}/data/all`,
  });
  if (!all.valid) throw new Error(all.errors.map((each) => each.message).join("\n"));
  const totals = await all.getResource("totals").read({ keyed: true });
  for (const row of totals) {
    const phase = row.kind === "budget" ? "approved" : "executed";
    const asked = ["total_expenditure", "three_public_expenses"].includes(row.concept);
    if (asked && row.amount_year === row.year && row.budget_phase === phase)
      console.log([row.disclosure_id, row.concept, yuan(cents(row.amount_yuan))].join());
  }
  const added = new Map();
  for (const row of await all.getResource("facts").read({ keyed: true })) {
    const table = ["budget-expenditure", "final-expenditure"].includes(row.table_id);
    if (table && row.role === "item" && row.column_role === "total")
      added.set(row.disclosure_id, (added.get(row.disclosure_id) ?? 0) + cents(row.amount_yuan));
  }
  for (const [disclosure, sum] of added) console.log([disclosure, "added", yuan(sum)].join());
}

main(process.argv[2]).catch((error) => {
  console.error(error.message);
  process.exit(1);
});
