-- Which advances (H66-7.5) are neither netted nor paid back, and since when is their last day over?
-- 未使用（未冲抵、未归还）的预拨，及其到期日。
select advance_id, county, contract, paid_fen, left_fen, due_day, state
from advances
where left_fen > 0
order by due_day, advance_id
