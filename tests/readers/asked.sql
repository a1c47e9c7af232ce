SELECT disclosure_id, concept, CAST(round(amount_yuan) AS BIGINT) AS yuan
FROM totals
WHERE amount_year = year AND concept IN ('total_expenditure', 'three_public_expenses')
  AND budget_phase = CASE kind WHEN 'budget' THEN 'approved' ELSE 'executed' END
UNION ALL
SELECT disclosure_id, 'added', CAST(round(sum(amount_yuan)) AS BIGINT)
FROM facts
WHERE table_id IN ('budget-expenditure', 'final-expenditure')
  AND role = 'item' AND column_role = 'total'
GROUP BY disclosure_id
