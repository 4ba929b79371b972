#include "exchange/wire/government_names.hpp"

namespace landex::wire {

Name name_of(clearing::RunKind r) {
  using enum clearing::RunKind;
  switch (r) {
    case protection:
      return {.zh = "耕地保护补偿", .en = "farmland protection"};
    case pbf:
      return {.zh = "永久基本农田保护补偿", .en = "permanent basic farmland"};
    case restoration:
      return {.zh = "耕地功能恢复有偿承担", .en = "function restoration"};
    case enclave:
      return {.zh = "飞地保护补偿", .en = "enclaves"};
    case consolidation_reward:
      return {.zh = "土地整治示范工程奖补", .en = "consolidation rewards"};
    case homestead_reward:
      return {.zh = "闲置宅基地盘活奖补", .en = "homestead rewards"};
    case standard_farmland_reward:
      return {.zh = "农业“标准地”奖补", .en = "standard-farmland rewards"};
  }
  return {.zh = "?", .en = "?"};
}

Name name_of(clearing::RunState r) {
  using enum clearing::RunState;
  switch (r) {
    case reckoned:
      return {.zh = "已测算", .en = "reckoned"};
    case paid:
      return {.zh = "已支付", .en = "paid"};
    case reversed:
      return {.zh = "已冲正", .en = "reversed"};
  }
  return {.zh = "?", .en = "?"};
}

Name name_of(clearing::LineItem l) {
  using enum clearing::LineItem;
  switch (l) {
    case protection:
      return {.zh = "耕地保护补偿", .en = "farmland protection"};
    case rice_uplift:
      return {.zh = "水稻上浮", .en = "rice uplift"};
    case pbf_contribution:
      return {.zh = "缴纳", .en = "contribution"};
    case pbf_receipt:
      return {.zh = "受偿", .en = "receipt"};
    case undertaking:
      return {.zh = "有偿承担恢复任务", .en = "undertaken restoration"};
    case enclave:
      return {.zh = "飞地保护补偿", .en = "enclave payment"};
    case award:
      return {.zh = "奖补", .en = "award"};
  }
  return {.zh = "?", .en = "?"};
}

Name name_of(clearing::StandardKind s) {
  using enum clearing::StandardKind;
  switch (s) {
    case provincial_protection:
      return {.zh = "省级耕地保护补偿标准", .en = "provincial protection standard"};
    case city_protection:
      return {.zh = "市级耕地保护补偿标准", .en = "city protection standard"};
    case pbf_price:
      return {.zh = "永农保护补偿单价", .en = "PBF unit price"};
    case restoration_gap:
      return {.zh = "国家耕地保护责任缺口补偿标准", .en = "national gap-compensation standard"};
    case industrial_tax:
      return {.zh = "全市规上工业亩均税收", .en = "industrial tax per mu"};
    case industrial_land_tax:
      return {.zh = "全市规上工业用地亩均税收", .en = "tax per mu of industrial land"};
    case enclave_base:
      return {.zh = "飞地保护补偿基准价", .en = "enclave base price"};
  }
  return {.zh = "?", .en = "?"};
}

Name name_of(clearing::Fund f) {
  using enum clearing::Fund;
  switch (f) {
    case protection:
      return {.zh = "耕地保护补偿资金", .en = "farmland-protection fund"};
    case pbf:
      return {.zh = "永农保护补偿资金", .en = "PBF fund"};
    case consolidation:
      return {.zh = "土地整治奖补资金", .en = "consolidation fund"};
    case agriculture:
      return {.zh = "市农业产业发展专项资金", .en = "agricultural-industry fund"};
    case planning:
      return {.zh = "规划专项资金", .en = "planning fund"};
  }
  return {.zh = "?", .en = "?"};
}

Name name_of(clearing::EnclaveKind e) {
  using enum clearing::EnclaveKind;
  switch (e) {
    case industrial:
      return {.zh = "产业飞地", .en = "industrial enclave"};
    case ecological:
      return {.zh = "生态飞地", .en = "ecological enclave"};
    case property:
      return {.zh = "物业飞地", .en = "property enclave"};
  }
  return {.zh = "?", .en = "?"};
}

Name name_of(clearing::RuralTrade r) {
  using enum clearing::RuralTrade;
  switch (r) {
    case farming:
      return {.zh = "农业开发", .en = "farming"};
    case processing:
      return {.zh = "农产品加工", .en = "processing"};
    case cold_chain:
      return {.zh = "冷链储运", .en = "cold chain"};
    case tourism:
      return {.zh = "乡村旅游", .en = "rural tourism"};
    case leisure:
      return {.zh = "休闲农业", .en = "leisure farming"};
    case study:
      return {.zh = "研学教育", .en = "study trips"};
  }
  return {.zh = "?", .en = "?"};
}

Name name_of(clearing::AssessmentGrade a) {
  using enum clearing::AssessmentGrade;
  switch (a) {
    case excellent:
      return {.zh = "优秀", .en = "excellent"};
    case good:
      return {.zh = "良好", .en = "good"};
    case pass:
      return {.zh = "合格", .en = "pass"};
    case fail:
      return {.zh = "不合格", .en = "fail"};
  }
  return {.zh = "?", .en = "?"};
}

Name ours_of(clearing::RunKind k) {
  using enum clearing::RunKind;
  switch (k) {
    case protection:
      return {.zh = "考核系数、资金不足时的分摊", .en = "coefficients, and how a fund that is short is shared out"};
    case pbf:
      return {.zh = "缴纳与受偿的算法", .en = "how contributions and receipts are reckoned"};
    case enclave:
      return {.zh = "年末有效的协议付全年", .en = "that what is in force on 31 December is paid for the year"};
    case consolidation_reward:
      return {.zh = "山区4县的倾斜幅度", .en = "what the mountain four get on top"};
    case homestead_reward:
    case standard_farmland_reward:
      return {.zh = "奖补比例", .en = "the share"};
    case restoration:  // what the two agreed
      break;
  }
  return {};
}

}  // namespace landex::wire
