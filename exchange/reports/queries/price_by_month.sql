-- What did each instrument cost, month by month? Money over land of the trades that have a price and stand,
-- rounded down to 1 yuan a mu (1 fen a kg).
-- 各品种逐月成交均价（按成交量加权，向下取整）。
select substr(t.business_day, 1, 7) as month,
       t.instrument,
       count(*) as trades,
       cast(sum(t.quantity_e4mu_or_kg) as bigint) as quantity_e4mu_or_kg,
       cast(sum(t.amount_fen) as bigint) as amount_fen,
       cast(cast(sum(t.amount_fen) as bigint) * case i.quantity_unit when 'kg' then 1 else 100 end
            / cast(sum(t.quantity_e4mu_or_kg) as bigint) as bigint) as mean_yuan_per_mu_or_fen_per_kg
from trades t
join instruments i on i.instrument = t.instrument
where t.price_tick is not null
  and t.state not in ('voided', 'lapsed', 'defaulted')
group by substr(t.business_day, 1, 7), t.instrument, i.quantity_unit
order by month, t.instrument
