// market_titles.hpp: the lines of the script about titles (market_script.hpp says what they mean): read, and told. Only
// market_script.cpp and market_told.cpp include it.
#pragma once
#include "tests/market_words.hpp"

namespace landex::script {

/// The command of the verb at hand, whose words begin at `at`; nothing if the verb is none of titles.
std::optional<std::pair<Sender, engine::Command>> title_command(const std::string& verb, const Words& words,
                                                                size_t& at);

/// "title P1 @20.00 title P2 @21.00" or "no-titles", behind the legs of a deal; nothing if there is neither.
std::optional<std::vector<engine::command::TitleLeg>> titles_from(const Words& words, size_t& at);
/// "landing city".
std::optional<engine::command::Landing> landing_from(const Words& words, size_t& at);
bool ends_legs(std::string_view word);

/// "owned P1 余杭 held 40.0000 [粮 …]".
std::string owned(const Market& market, const Words& words, size_t& at);

/// A line, or nothing if the event is none of titles.
std::string told_of_titles(const engine::Event& e);

}  // namespace landex::script
