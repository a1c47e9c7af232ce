# R without any package, over the CSV files of the package with everything.
site <- commandArgs(trailingOnly = TRUE)[1]
read <- function(name) read.csv(file.path(site, "data", "all", name), encoding = "UTF-8", na.strings = "")
say <- function(disclosure, what, yuan) {
  cat(sprintf("%s,%s,%.0f\n", disclosure, what, yuan), sep = "")
}

totals <- read("totals.csv")
phase <- ifelse(totals$kind == "budget", "approved", "executed")
asked <- totals[totals$concept %in% c("total_expenditure", "three_public_expenses") &
  totals$amount_year == totals$year & totals$budget_phase == phase, ]
say(asked$disclosure_id, asked$concept, asked$amount_yuan)

facts <- read("facts.csv")
items <- facts[facts$table_id %in% c("budget-expenditure", "final-expenditure") &
  facts$role %in% "item" & facts$column_role %in% "total", ]
added <- aggregate(amount_yuan ~ disclosure_id, items, sum)
say(added$disclosure_id, "added", added$amount_yuan)
