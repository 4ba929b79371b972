// command.hpp: all that anybody can ask of landex, one closed list, read top to bottom.
// Every member is described, so that one codec, one comparison and one canonical encoding serve all of them. The order
// of members and of the variant is the order of landex.fbs: append only, never reorder (a test holds them together).
// Quantities are in the unit of their instrument (0.0001 mu, or kg), rates in yuan per mu (or fen per kg).
#pragma once
#include <boost/describe.hpp>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "clearing/policy/pack.hpp"
#include "clearing/registry.hpp"
#include "matching/types/day.hpp"
#include "matching/types/ids.hpp"
#include "matching/types/trade.hpp"

namespace landex::engine {

/// Which modes are open (decisions 17). Shown on every screen and paper.
enum class Venue : uint8_t {
  simulation = 1,  // continuous book and negotiated deals; everything prefunded, settles at once
  production = 2,  // negotiated deals; an accepted deal is settled by the bureau
};
BOOST_DESCRIBE_ENUM(Venue, simulation, production)
constexpr bool exists(Venue v) { return v == Venue::simulation || v == Venue::production; }

/// What the person may do. Stamped by the gateway from the session, never taken from the client.
enum class Role : uint8_t {
  district = 1,  // acts for one district or county
  bureau = 2,    // the city bureau 市规划和自然资源局
  analyst = 3,   // reads
  auditor = 4,   // reads
  system = 5,    // landexd itself: activates the policy pack and the venue when a journal begins
};
BOOST_DESCRIBE_ENUM(Role, district, bureau, analyst, auditor, system)
constexpr bool exists(Role r) { return r >= Role::district && r <= Role::system; }

using clearing::IndicatorKind;

namespace command {

/// The policy pack and the version of behaviour in force from here on (decisions 4).
struct Activate {
  uint32_t behaviour;
  policy::Pack pack;
  friend bool operator==(const Activate&, const Activate&) = default;
};
BOOST_DESCRIBE_STRUCT(Activate, (), (behaviour, pack))

struct SetVenue {
  Venue venue;
  friend bool operator==(const SetVenue&, const SetVenue&) = default;
};
BOOST_DESCRIBE_STRUCT(SetVenue, (), (venue))

/// Sets the business date, which chooses the rules.
struct OpenDay {
  Day day;
  friend bool operator==(const OpenDay&, const OpenDay&) = default;
};
BOOST_DESCRIBE_STRUCT(OpenDay, (), (day))

/// Ends the business date: resting orders and open proposals lapse, and what they held is free again.
struct CloseDay {
  Day day;  // the day that is meant, so that a late repeat cannot close another
  friend bool operator==(const CloseDay&, const CloseDay&) = default;
};
BOOST_DESCRIBE_STRUCT(CloseDay, (), (day))

struct OpenAccount {
  District participant;
  friend bool operator==(const OpenAccount&, const OpenAccount&) = default;
};
BOOST_DESCRIBE_STRUCT(OpenAccount, (), (participant))

/// Money that has arrived for a participant outside landex.
struct Deposit {
  District participant;
  Fen amount;
  std::string document;
  friend bool operator==(const Deposit&, const Deposit&) = default;
};
BOOST_DESCRIBE_STRUCT(Deposit, (), (participant, amount, document))

struct Withdraw {
  District participant;
  Fen amount;
  std::string document;
  friend bool operator==(const Withdraw&, const Withdraw&) = default;
};
BOOST_DESCRIBE_STRUCT(Withdraw, (), (participant, amount, document))

/// A row of the cross-city transfer price 跨市调剂价 (H66-7.4, 7.6).
struct PublishPrice {
  Instrument instrument;
  Rate rate;
  Day from, until;
  std::string document;  // 文号
  std::string approver;  // office, not a name
  friend bool operator==(const PublishPrice&, const PublishPrice&) = default;
};
BOOST_DESCRIBE_STRUCT(PublishPrice, (), (instrument, rate, from, until, document, approver))

/// A batch of indicators filed into the registry 报备入库.
struct FileBatch {
  District county;
  IndicatorKind kind;
  Area area;
  Area paddy;         // of which paddy; 0 for linkage
  Capacity capacity;  // 0 for linkage
  std::string project;
  std::string document;
  friend bool operator==(const FileBatch&, const FileBatch&) = default;
};
BOOST_DESCRIBE_STRUCT(FileBatch, (), (county, kind, area, paddy, capacity, project, document))

/// A later reduction 核减 of what a batch was filed with.
struct DeductBatch {
  FilingId filing;
  Area area;
  Area paddy;
  Capacity capacity;
  std::string document;
  friend bool operator==(const DeductBatch&, const DeductBatch&) = default;
};
BOOST_DESCRIBE_STRUCT(DeductBatch, (), (filing, area, paddy, capacity, document))

/// A plot of the permanent-basic-farmland reserve library 永农储备库.
struct Plot {
  std::string plot;  // number in the library, one for the whole city
  Area area;
  uint8_t grade;  // national quality grade, 1 best … 15
  friend bool operator==(const Plot&, const Plot&) = default;
};
BOOST_DESCRIBE_STRUCT(Plot, (), (plot, area, grade))

struct EnterPlots {
  District county;
  std::string document;  // delineation of the reserve zone 划定文件
  std::vector<Plot> plots;
  friend bool operator==(const EnterPlots&, const EnterPlots&) = default;
};
BOOST_DESCRIBE_STRUCT(EnterPlots, (), (county, document, plots))

/// A limit order in the continuous book, good for the business day.
struct PlaceOrder {
  Instrument instrument;
  Side side;
  Quantity quantity;
  Rate price;
  friend bool operator==(const PlaceOrder&, const PlaceOrder&) = default;
};
BOOST_DESCRIBE_STRUCT(PlaceOrder, (), (instrument, side, quantity, price))

struct CancelOrder {
  OrderId order;
  friend bool operator==(const CancelOrder&, const CancelOrder&) = default;
};
BOOST_DESCRIBE_STRUCT(CancelOrder, (), (order))

/// One part of a directed sale. Without a price the part goes with the area, whose price covers it.
struct Leg {
  Instrument instrument;
  Quantity quantity;
  std::optional<Rate> price;
  friend bool operator==(const Leg&, const Leg&) = default;
};
BOOST_DESCRIBE_STRUCT(Leg, (), (instrument, quantity, price))

/// A directed sale 协议: one seller, one buyer, a lot, a price; all legs or none. Either side proposes.
struct ProposeDeal {
  District seller, buyer;
  std::vector<Leg> legs;
  friend bool operator==(const ProposeDeal&, const ProposeDeal&) = default;
};
BOOST_DESCRIBE_STRUCT(ProposeDeal, (), (seller, buyer, legs))

struct AcceptDeal {
  DealId deal;
  friend bool operator==(const AcceptDeal&, const AcceptDeal&) = default;
};
BOOST_DESCRIBE_STRUCT(AcceptDeal, (), (deal))

/// The proposer withdraws, or the other side declines. Only before acceptance.
struct EndDeal {
  DealId deal;
  friend bool operator==(const EndDeal&, const EndDeal&) = default;
};
BOOST_DESCRIBE_STRUCT(EndDeal, (), (deal))

/// Production venue: the bureau confirms an accepted deal; land and money change hands together.
struct SettleDeal {
  DealId deal;
  friend bool operator==(const SettleDeal&, const SettleDeal&) = default;
};
BOOST_DESCRIBE_STRUCT(SettleDeal, (), (deal))

/// The city pays a county all that the pool owes it and that has a price (H66-7.4).
struct SettleClaims {
  District county;
  friend bool operator==(const SettleClaims&, const SettleClaims&) = default;
};
BOOST_DESCRIBE_STRUCT(SettleClaims, (), (county))

/// Indicators used for a construction project 核销使用.
struct WriteOff {
  Instrument instrument;
  Quantity quantity;
  std::string project;
  friend bool operator==(const WriteOff&, const WriteOff&) = default;
};
BOOST_DESCRIBE_STRUCT(WriteOff, (), (instrument, quantity, project))

}  // namespace command

using Command =
    std::variant<command::Activate, command::SetVenue, command::OpenDay, command::CloseDay, command::OpenAccount,
                 command::Deposit, command::Withdraw, command::PublishPrice, command::FileBatch, command::DeductBatch,
                 command::EnterPlots, command::PlaceOrder, command::CancelOrder, command::ProposeDeal,
                 command::AcceptDeal, command::EndDeal, command::SettleDeal, command::SettleClaims, command::WriteOff>;

/// Who asks, and which of his commands this is (decisions 2).
struct Envelope {
  ClientKey client_key;
  Counter counter;
  PersonId person;
  District participant;
  Role role;
  friend bool operator==(const Envelope&, const Envelope&) = default;
};
BOOST_DESCRIBE_STRUCT(Envelope, (), (client_key, counter, person, participant, role))

/// A command with its number and time: all that `apply` sees of the world.
struct Stamped {
  Sequence seq;
  Instant at;
  Envelope envelope;
  Command command;
  friend bool operator==(const Stamped&, const Stamped&) = default;
};
BOOST_DESCRIBE_STRUCT(Stamped, (), (seq, at, envelope, command))

}  // namespace landex::engine
