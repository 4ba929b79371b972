// bureau.hpp: what the city's bureau does in a simulated year: it sets the stage, publishes the price, opens and closes
// days, certifies gaps, files what has been reclaimed, pays what the pool owes, and deals the pool out.
#pragma once
#include "clients/simulator/city/timeline.hpp"
#include "clients/simulator/city/town.hpp"

namespace landex::simulator::bureau {

/// Accounts, budgets and the stock of before the year, on a day of their own.
void set_stage(Town& town, const Plan& plan, Day stage);
/// The price of the window that begins with this session, until the day before the next window's first session.
void publish(Town& town, const OutsidePrice& outside, const std::vector<Day>& days);
void open_day(Town& town);
void close_day(Town& town);
/// Of every unit that needs more in the year than it has (H66-7.6); for the year.
void certify_gaps(Town& town, Day until);
/// Sessions whose end is the end of a quarter of the year.
bool quarter_ends(const Town& town);
/// The city pays what the pool owes (H66-7.4), to all.
void pay_claims(Town& town);
void pay_claim(Town& town, uint32_t party);
/// One run of the allocation (H66-7.3) over all open requests: reckoned, proposed, passed. True if something waits now.
bool allocate(Town& town);

}  // namespace landex::simulator::bureau
