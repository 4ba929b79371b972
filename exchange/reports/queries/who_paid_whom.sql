-- Who paid whom how much, by clause, over all days? Moves between the purses of one unit are no payments; what is owed
-- (claims) and prepaid (advances) is not counted, only money that changed hands.
-- 谁付给谁多少，按条款。
select from_unit, to_unit, coalesce(clause, '-') as clause, count(*) as payments,
       cast(sum(amount_fen) as bigint) as amount_fen
from money_entries
where from_unit <> to_unit
  and from_purse in ('free', 'held')
  and to_purse in ('free', 'held')
group by from_unit, to_unit, coalesce(clause, '-')
order by from_unit, to_unit, clause
