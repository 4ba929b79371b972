// products.hpp: what is traded as titles (clearing/titles.hpp), one row for each product: the clause, what opens it for
// trading, whether a part may be split off, and what it takes to register one. PBF plots come with the rule set
// (H66-21.2); what H66-21.3 adds «适时», and public-welfare forest, are closed until an approval opens them, from one
// day to another (command::OpenProduct). Titles are traded by directed deals alone, county to county: no clause states
// a floor for them, and nothing but PBF plots is pooled, so nothing is. Data; pure.
#pragma once
#include <array>
#include <optional>

#include "clearing/policy/clause.hpp"
#include "clearing/titles.hpp"

namespace landex::clearing {

/// By what a product is open.
enum class OpenedBy : uint8_t {
  rule_set,  // from its first day to its last
  approval,  // while one is in force
};

/// Who may bring a title into being.
enum class Registrar : uint8_t {
  library,    // a plot of the reserve library, when it is entered
  county,     // any county, of its own
  mountain4,  // a county of the mountain-4, of its own
};

struct ProductRule {
  Product product;
  policy::Clause clause;  // by which it is traded: what an entry and a refusal cite
  OpenedBy opened_by;
  Registrar registrar;
  bool divisible;                         // ours, each
  bool is_plot;                           // its number is that of a plot, which must not be in dispute (H66-9)
  std::optional<policy::Clause> consent;  // it is not registered without the number of this consent
  // What its titles are for: once superior law has ended it, they are not traded any more. None: nothing but the rule
  // set.
  std::optional<policy::Clause> ends_with = {};
};

inline constexpr std::array kProducts{
    // A plot lies where it lies and is delineated as a whole (H66-6.1).
    ProductRule{Product::pbf_plot, policy::Clause::h66_21_2, OpenedBy::rule_set, Registrar::library,
                /*divisible=*/false, /*is_plot=*/true, std::nullopt, policy::Clause::h66_6_5},
    // An amount of restored farmland, told by its acceptance.
    ProductRule{Product::function_restoration, policy::Clause::h66_21_3, OpenedBy::approval, Registrar::county,
                /*divisible=*/true, /*is_plot=*/true, std::nullopt},
    // H66-10.1: the indicator takes effect with the consent of the provincial forestry bureau 省林业局审核同意.
    ProductRule{Product::forest, policy::Clause::h66_21_3, OpenedBy::approval, Registrar::county,
                /*divisible=*/true, /*is_plot=*/false, policy::Clause::h66_10_1},
    // H66-10.2: 报省政府批准, for one adjustment between two counties, which is not taken apart. It is not in the list
    // of
    // 21.3: its opening is an approval all the same (ours), so that one switch stands before all that may come later.
    ProductRule{Product::public_forest, policy::Clause::h66_10_2, OpenedBy::approval, Registrar::county,
                /*divisible=*/false, /*is_plot=*/false, policy::Clause::h66_10_2},
    ProductRule{Product::high_standard, policy::Clause::h66_21_3, OpenedBy::approval, Registrar::county,
                /*divisible=*/false, /*is_plot=*/true, std::nullopt},
    ProductRule{Product::grain_zone, policy::Clause::h66_21_3, OpenedBy::approval, Registrar::county,
                /*divisible=*/false, /*is_plot=*/true, std::nullopt},
    // H66-14.2: «盘活的规划空间…在市域内调剂使用», of the consolidation of the mountain-4: a ledger within the city and
    // no
    // product of H66-21.2 or 21.3, so nothing needs to open it. That only they register it is how we read the clause.
    ProductRule{Product::planning_space, policy::Clause::h66_14_2, OpenedBy::rule_set, Registrar::mountain4,
                /*divisible=*/true, /*is_plot=*/false, std::nullopt},
};
static_assert(kProducts.size() == static_cast<size_t>(Product::planning_space));

/// The row of a product that exists.
constexpr const ProductRule& rule_of(Product p) { return kProducts[static_cast<size_t>(p) - 1]; }

/// The three balances that counties may fulfil together when a major project lands (H66-6.5).
constexpr bool in_joint_balance(Product p) {
  return p == Product::pbf_plot || p == Product::high_standard || p == Product::grain_zone;
}

}  // namespace landex::clearing
