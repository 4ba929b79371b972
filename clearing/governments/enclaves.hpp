// enclaves.hpp: enclaves 飞地 of a mountain-4 county (飞出地, sends) with an urban district (飞入地, receives), and the
// agreements by which the first undertakes permanent-basic-farmland protection of the second for a yearly payment
// (H66-19). Data; pure.
#pragma once
#include <boost/describe.hpp>
#include <cstdint>
#include <map>
#include <string>

#include "matching/types/area.hpp"
#include "matching/types/day.hpp"
#include "matching/types/district.hpp"
#include "matching/types/ids.hpp"

namespace landex::clearing {

/// The numbers are on the wire and in journals.
enum class EnclaveKind : uint8_t {
  industrial = 1,  // 产业飞地: the city secures construction space for it
  ecological = 2,  // 生态飞地
  property = 3,    // 物业飞地
};
BOOST_DESCRIBE_ENUM(EnclaveKind, industrial, ecological, property)
constexpr bool exists(EnclaveKind k) { return k >= EnclaveKind::industrial && k <= EnclaveKind::property; }

struct Enclave {
  EnclaveId id;
  District sender, receiver;
  EnclaveKind kind;
  std::string name;
  Area secured;      // construction space that the city secures 统筹保障
  Area included;     // of which in the concentrated zone of the urban boundary 集中建设区
  Area reduction;    // of the protection task 核减 (H66-19.2), as reckoned on the day of its entry
  District reduced;  // whose task
  std::string document;
};
BOOST_DESCRIBE_STRUCT(Enclave, (), (id, sender, receiver, kind, name, secured, included, reduction, reduced, document))

struct PbfAgreement {
  AgreementId id;
  EnclaveId enclave;
  District sender, receiver;  // who undertakes the protection, and who pays for it
  Area area;
  Day from, until;
  std::string document;
  Period period() const { return {from, until}; }
};
BOOST_DESCRIBE_STRUCT(PbfAgreement, (), (id, enclave, sender, receiver, area, from, until, document))

struct Enclaves {
  std::map<EnclaveId, Enclave> all;
  std::map<AgreementId, PbfAgreement> agreements;
};
BOOST_DESCRIBE_STRUCT(Enclaves, (), (all, agreements))

}  // namespace landex::clearing
