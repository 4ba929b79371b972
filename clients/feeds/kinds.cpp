// The columns of each kind of record. What they mean: record.cpp.
#include <array>

#include "clients/feeds/adapter.hpp"

namespace landex::feeds {
namespace {

constexpr Column kSource{"source_id", true, "来源编号，同类记录中不重复", "the sender's number of the record, unique"};
constexpr Column kCounty{"county", true, "区县名称或六位代码", "name or six-digit code"};
constexpr Column kLandKind{"kind", true, "supplementary 补充耕地，linkage 增减挂钩", "supplementary or linkage"};
constexpr Column kDocument{"document", true, "文号", "document number"};
constexpr Column kArea{"area", true, "面积，亩或公顷", "area, mu or hectares"};
constexpr Column kPaddy{"paddy", false, "其中水田，亩或公顷", "of which paddy, mu or hectares"};
constexpr Column kCapacity{"capacity_kg", false, "产能，公斤", "grain capacity, kg"};

constexpr std::array kProject{kSource, kCounty, kLandKind, Column{"name", true, "项目名称", "its name"}, kDocument};
constexpr std::array kMove{kSource, kCounty, Column{"name", true, "项目名称", "the project's name"},
                           Column{"state", true,
                                  "established 立项，implementing 实施，county_accepted 县验收，"
                                  "city_accepted 市验收，abandoned 终止",
                                  "established, implementing, county_accepted, city_accepted, abandoned"},
                           kDocument};
constexpr std::array kBatch{
    kSource,
    kCounty,
    kLandKind,
    kArea,
    kPaddy,
    kCapacity,
    Column{"project", true, "项目名称", "the project's name"},
    kDocument,
    Column{"registered", false, "yes：该项目已在 landex 登记；默认 no", "yes: the project is registered; else no"},
    Column{"grade", false, "质量等级 1（优）至 15", "quality grade, 1 best … 15"},
    Column{"plots", false, "地块号:面积，分号隔开", "NUMBER:AREA;NUMBER:AREA…"},
    Column{"expires", false, "有效至，YYYY-MM-DD", "last day on which it is valid"}};
constexpr std::array kDeduction{
    kSource,   kCounty,  Column{"batch_document", true, "被核减批次的文号", "document of the batch"}, kArea, kPaddy,
    kCapacity, kDocument};
constexpr std::array kReserve{kSource, kCounty, kDocument,
                              Column{"plots", true, "地块号:面积:等级，分号隔开", "NUMBER:AREA:GRADE;…"}};
constexpr std::array kConflict{kSource, kCounty, Column{"plot", true, "地块号", "plot number"},
                               Column{"conflict", true, "certificate 与林权证矛盾，other 其他", "certificate or other"},
                               kDocument};
constexpr std::array kCleared{kSource,
                              Column{"plot", true, "地块号", "plot number"},
                              Column{"survey", false, "调查核查文号", "document of the survey"},
                              Column{"consent", false, "权利人同意文号", "document of the right-holder's consent"},
                              Column{"compensation", false, "补偿到位文号", "document of the compensation"},
                              Column{"registration", false, "登记变更文号", "document of the changed registration"},
                              Column{"opinion", false, "政策处理意见文号", "document of the opinion agreed on"}};

constexpr std::array<std::string_view, 4> kProjectTold{"county_name", "project_id", "state", "state_zh"};
constexpr std::array<std::string_view, 9> kBatchTold{"county_name",
                                                     "filing",
                                                     "project_id",
                                                     "day",
                                                     "area_raw",
                                                     "paddy_raw",
                                                     "deducted_area_mu",
                                                     "deducted_paddy_mu",
                                                     "deducted_capacity_kg"};
constexpr std::array<std::string_view, 3> kConflictTold{"county_name", "open", "papers"};

constexpr std::array kKinds{
    Kind{"project", "项目登记", "project", kProject, kProjectTold},
    Kind{"project_move", "项目推进", "move of a project", kMove, {}},
    Kind{"batch", "报备入库批次", "batch filed", kBatch, kBatchTold},
    Kind{"deduction", "核减", "deduction", kDeduction, {}},
    Kind{"reserve_plots", "永农储备地块", "reserve plots", kReserve, {}},
    Kind{"conflict", "地类矛盾", "plot in dispute", kConflict, kConflictTold},
    Kind{"conflict_cleared", "矛盾解决", "dispute settled", kCleared, {}},
};

}  // namespace

std::span<const Kind> kinds() { return kKinds; }

}  // namespace landex::feeds
