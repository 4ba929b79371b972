// sections.hpp: the parts of a report, in their order. Each writes itself if the studies have what it needs, and
// nothing otherwise. simulation.md §3 says what analysts look at.
#pragma once
#include "clients/simulator/report/html.hpp"
#include "clients/simulator/report/view.hpp"

namespace landex::simulator::report {

void write_head(Page& page, const View& v);                           // what it is, and that it is no forecast
void write_headline(Page& page, const View& v);                       // every measure with its interval
void write_differences(Page& page, const View& v);                    // groups against the first, pair by pair
void write_price(Page& page, const View& v);                          // fans; at the floor, at the ceiling, between
void write_efficiency(Page& page, const View& v);                     // realised, missed, wrong
void write_quantity(Page& page, const View& v);                       // fill rate, unmet, sources
void write_money(Page& page, const View& v);                          // who paid whom; net by unit; the mountain-4
void write_spread(Page& page, const View& v);                         // Gini, HHI, top two, bottom half
void write_rules(Page& page, const View& v);                          // pass-through, break-even
void write_sensitivity(Page& page, const View& v);                    // tornado, Sobol, Morris
void write_linked(Page& page, const View& v);                         // projects that need both indicators
void write_trust(Page& page, const View& v);                          // how the mean settles
void write_remake(Page& page, const View& v, const Regimes* regimes,  // how to make every number again
                  const std::vector<std::filesystem::path>& directories);

/// "n = 200 …; mean and its 95 % interval": what figures of means rest on.
Words basis_of_means(const View& v, std::string_view unit_zh, std::string_view unit_en);
/// Are the runs of every group replicates of one point? Else means and intervals are over the points of a design.
bool replicates_alone(const View& v);
/// "200", or "200 · 180" for groups.
std::string runs_of(const View& v);

}  // namespace landex::simulator::report
