#include "clients/simulator/counterfactual/compare.hpp"

#include <boost/type_index.hpp>
#include <map>
#include <string>

#include "exchange/engine/canonical.hpp"

namespace landex::simulator {
namespace {

namespace event = engine::event;

bool only_public(const engine::Event& e) {
  return std::holds_alternative<event::LevelChanged>(e) || std::holds_alternative<event::BestChanged>(e) ||
         std::holds_alternative<event::CallPriced>(e) || std::holds_alternative<event::DayStatistics>(e) ||
         std::holds_alternative<event::FloorApplied>(e);
}

std::string bytes_of(const engine::Event& e) {
  std::string out;
  engine::Canonical encode{out};
  encode(static_cast<const engine::EventList&>(e));
  return out;
}

/// Walks a described value. A number that names nothing, or something else than a thing of the market, is passed over.
struct Walk {
  Named& into;

  void operator()(District d) const { into.places.insert(d); }
  void operator()(PersonId) const {}
  void operator()(ClientKey) const {}
  void operator()(Counter) const {}
  template <class Kind>
  void operator()(Id<Kind> id) const {
    into.numbers.insert(id.value);
  }
  template <class T>
  void operator()(const std::optional<T>& v) const {
    if (v) (*this)(*v);
  }
  template <class T>
  void operator()(const std::vector<T>& v) const {
    for (const auto& e : v) (*this)(e);
  }
  template <class... Ts>
  void operator()(const std::variant<Ts...>& v) const {
    std::visit([this](const auto& one) { (*this)(one); }, v);
  }
  template <class T>
    requires std::is_class_v<T>
  void operator()(const T& t) const {
    if constexpr (requires { typename T::Alternatives; })
      (*this)(static_cast<const typename T::Alternatives&>(t));
    else if constexpr (engine::Described<T>)
      engine::for_each_member(t, [this](std::string_view, const auto& member) { (*this)(member); });
  }
  template <class T>
    requires(!std::is_class_v<T>)
  void operator()(const T&) const {}
};

}  // namespace

EventDifference differing(const engine::Events& was, const engine::Events& now) {
  EventDifference out;
  size_t first = 0;
  while (first < was.size() && first < now.size() && was[first] == now[first]) ++first;
  size_t last = 0;
  while (last + first < was.size() && last + first < now.size() &&
         was[was.size() - 1 - last] == now[now.size() - 1 - last])
    ++last;
  std::map<std::string, std::vector<const engine::Event*>> unmatched;  // of `was`, the first at the back
  for (size_t n = was.size() - last; n-- > first;) unmatched[bytes_of(was[n])].push_back(&was[n]);
  for (size_t n = first; n < now.size() - last; ++n) {
    const auto same = unmatched.find(bytes_of(now[n]));
    if (same != unmatched.end() && !same->second.empty())
      same->second.pop_back();
    else if (only_public(now[n]))
      out.told = true;
    else
      out.now.push_back(&now[n]);
  }
  std::set<const engine::Event*> only;
  for (const auto& [bytes, events] : unmatched) only.insert(events.begin(), events.end());
  for (const engine::Event* e : only)  // they lie in one vector: in its order
    if (only_public(*e))
      out.told = true;
    else
      out.was.push_back(e);
  return out;
}

const engine::Refusal* refusal_of(const engine::Events& events) {
  for (const auto& e : events) {
    if (const auto* r = std::get_if<event::Refused>(&e)) return &r->refusal;
    if (const auto* r = std::get_if<event::Repeated>(&e)) return r->refusal ? &*r->refusal : nullptr;
  }
  return nullptr;
}

void add_names(const engine::Event& e, Named& into) {
  if (std::holds_alternative<event::Refused>(e)) return;  // its facts are numbers of many kinds
  Walk{into}(e);
  const auto cause = [&](const auto* moved) {
    if (moved) into.numbers.insert(moved->cause);
  };
  cause(std::get_if<event::MoneyMoved>(&e));
  cause(std::get_if<event::LandMoved>(&e));
  cause(std::get_if<event::LotMoved>(&e));
}

void add_names(const engine::Command& c, Named& into) { Walk{into}(c); }

std::string_view kind_of(const engine::Command& c) {
  static const std::vector<std::string> names = [] {
    std::vector<std::string> out;
    boost::mp11::mp_for_each<boost::mp11::mp_transform<boost::mp11::mp_identity, engine::CommandList>>([&](auto kind) {
      std::string name = boost::typeindex::type_id<typename decltype(kind)::type>().pretty_name();
      out.push_back(name.substr(name.rfind(':') + 1));
    });
    return out;
  }();
  return names[c.index()];
}

}  // namespace landex::simulator
