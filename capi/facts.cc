#include "capi/checklist.h"
#include "capi/guard.h"
#include "capi/structs.h"
#include "capi/text.h"
#include "lianhu/io/derived_facts.h"

using lianhu::capi::CheckPointer;
using lianhu::capi::CheckStruct;
using lianhu::capi::Guard;
using lianhu::capi::InitStruct;
using lianhu::capi::ReadStruct;
using lianhu::capi::WriteText;
namespace io = lianhu::io;

namespace {

// A path that may be left out.
std::string Path(const char* path) {
  return path == nullptr ? "" : path;
}

}  // namespace

int32_t lianhu_fact_sources_init(lianhu_fact_sources* sources, uint32_t struct_size) {
  return InitStruct(sources, struct_size, {});
}

int32_t lianhu_facts_derive(const lianhu_checklist* checklist, const lianhu_fact_sources* sources, char* out_csv,
                            int64_t capacity, int64_t* out_size, lianhu_error* error) {
  return Guard(error, [&] {
    if (auto status = CheckPointer(checklist, "checklist"); !status.ok()) return status;
    if (auto status = CheckStruct(sources, "sources"); !status.ok()) return status;
    const lianhu_fact_sources given = ReadStruct(sources, {});
    if (auto status = CheckPointer(given.plan, "plan"); !status.ok()) return status;
    const absl::StatusOr<std::string> csv = io::DeriveFactsCsv(checklist->checklist, {.plan = given.plan,
                                                                                      .visits = Path(given.visits),
                                                                                      .hardship = Path(given.hardship),
                                                                                      .sample = Path(given.sample),
                                                                                      .cases = Path(given.cases),
                                                                                      .counts = Path(given.counts),
                                                                                      .period = Path(given.period),
                                                                                      .from = given.from,
                                                                                      .to = given.to});
    if (!csv.ok()) return csv.status();
    return WriteText(*csv, out_csv, capacity, out_size);
  });
}
