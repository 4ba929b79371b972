// book_script.hpp: the table language of the book's specs: orders as they arrive, and what each of them did. A script
// is run on matching::Books and on its judge (naive_books.hpp); what does not come as written, on either, fails the
// test, with the line, what was expected and what came. After every command the public levels are summed up from what
// the tape told, and must be those that the book shows. A script without a line fails too. Not for many threads.
//
// Words are separated by spaces; # begins a comment. Quantities are units, prices are ticks. An order is named by its
// first word; it is its participant's only one unless it says `by A`. Classes are mountain4, urban, city or class4 …
//
//   b1 buy 10 @100 | s1 sell 10 best     followed by any of:
//     ends (immediate or cancel) · fok · post-only · aon · min 5 · peak 3 · stop 105 · cap 1000 · as urban · by A ·
//     in-call (collected without a walk) · refuse|newest|oldest|both|decrement|allow (where it meets its own; refuse)
//   cancel b1 [lapsed|expired]           replace b1 5 [@101] [in-call]        reenter
//   call @100: b1 s1 5, b2 s1 2          (a call's meetings: buyer, seller, quantity)        call @100:
// → what came of it, one happening after each arrow, in order; more on the lines below, each after an arrow:
//   b1 takes 4 of s1 @100     b1 rests 6     b1 rests 60 shows 10     b1 ends 6 not_at_once     b1 less 2 leaves 4
//   x1 triggers               level sell 100 15 in 2     level sell 100 gone     nothing
// Levels must be told, all of them, only where one is. A command without an arrow stands for an order that just rests
// as it came, for a stop that waits (nothing), and for a cancellation in full.
//
// These say how things stand, `nothing` being nothing:
//   buys b1 6 @100, b2 60 @99 shows 10, b3 5 best, x1 5 @99 waits 105        (in the book's own order; then the stops)
//   levels sell 100 15 in 2, 101 3 in 1      best buy 100                     (over all classes)
//   dealable urban buy @20 of 19             barred urban buy @21 10          (the resting limit; what may not be met)
//   own A buy @21 s1                         last 100     resting 3     room enough|full
// These prepare, the first two before any order:
//   holds 4 (orders)     highest 500 (price)     pair mountain4 urban from 20|never (seller, buyer)     band 80 120
//   book 2 (of four, from here on)
#pragma once
#include <string>
#include <string_view>
#include <vector>

namespace landex::testing {

/// Runs a script on fresh books and on a fresh judge. What does not hold is a failure of the running test.
void check_book(std::string_view script);

/// The same, without gtest: one text for each line that does not hold.
std::vector<std::string> book_mismatches(std::string_view script);

}  // namespace landex::testing
