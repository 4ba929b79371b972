-- What does each county have now, of what, and where (free, held for an order or a deal, pooled, used …)?
-- 各区县市现有余额，按品种与用途。
select b.unit, u.zh, b.asset, b.purse, b.amount_fen_e4mu_or_kg
from balances b
left join (select unit, max(zh) as zh from units group by unit) u on u.unit = b.unit
where b.purse <> 'outside'
  and b.amount_fen_e4mu_or_kg <> 0
order by b.unit, b.asset, b.purse
