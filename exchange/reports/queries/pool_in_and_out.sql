-- What came into the city's pool from each county, what went out for it, and why (H66-7.2, 7.3)?
-- 市级统筹进出，按区县、品种与原因。
select county, instrument, direction, reason, coalesce(clause, '-') as clause,
       cast(sum(quantity_e4mu_or_kg) as bigint) as quantity_e4mu_or_kg
from pool_moves
group by county, instrument, direction, reason, coalesce(clause, '-')
order by county, instrument, direction, reason
