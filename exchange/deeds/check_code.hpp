// check_code.hpp: the check code 校验码 of a paper: a hash over all that it says, so that whoever holds a printed copy
// can have it compared. Canonical text, version 1: for every part of the model, in the order of paper.hpp, its name,
// ':', the number of bytes of its value in decimal, ':', the value in UTF-8, '\n'; lists are told by their length
// first. Numbers are decimal and in their smallest unit, a blank is the value "-". Nothing of the layout enters: PDF,
// XLSX and CSV of one paper have one code. A version once used is never given another meaning.
#pragma once
#include <string>
#include <string_view>

#include "exchange/deeds/paper.hpp"

namespace landex::deeds {

std::string canonical_text(const Paper& paper);

/// 64 hexadecimal digits. SM3 is GM/T 0004-2012.
std::string hash_of(Hash hash, std::string_view bytes);

/// As it is printed: "SM3 66c7f0f4 62eeedd9 …", eight groups of eight.
std::string check_code(const Paper& paper);

}  // namespace landex::deeds
