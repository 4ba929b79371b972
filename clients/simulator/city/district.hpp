// district.hpp: the officer of a district who answers for its projects (H66-7.1): own stock first, then the city's
// pool, then what others in the city sell, and at the deadline land from outside the city, if it is worth it. A linked
// project needs as much linkage quota as area: it uses nothing before it has both, but for pooled land.
#pragma once
#include "clients/simulator/city/town.hpp"

namespace landex::simulator::district {

/// Projects of this session begin, and take what their unit has of its own.
void begin_projects(Town& town);
/// Open projects ask for pooled land: up to requests_per_county of each unit, those with the nearest deadline first.
void request_pool(Town& town, std::vector<std::pair<RequestId, uint32_t>>& asked);
/// They take over what was allotted; what cannot be taken (no money) goes back.
void take_allotted(Town& town, const std::vector<std::pair<RequestId, uint32_t>>& asked);
/// What was bought is written off; deadlines fall.
void end_session(Town& town);

}  // namespace landex::simulator::district
