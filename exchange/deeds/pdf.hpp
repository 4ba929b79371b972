// pdf.hpp: a paper as PDF, A4, by Pango and Cairo: text that can be searched and copied, the check code and "page n of
// m" on every page, heads of tables repeated, seal boxes whole. The only date in the file is the paper's business date,
// so the same paper gives the same bytes with the same fonts and libraries. Touches no file; reads the installed fonts.
#pragma once
#include <expected>
#include <string>

#include "exchange/deeds/paper.hpp"

namespace landex::deeds {

/// The bytes of the file; or what this machine lacks. The paper is sound (`fault_of`).
std::expected<std::string, Words> pdf(const Paper& paper);

}  // namespace landex::deeds
