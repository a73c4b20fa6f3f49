// The doors for tables: bytes as DMN XML and as CSV. What is read must be decided, analysed and written back, and what
// is written read again.
#include <cstddef>
#include <cstdint>
#include <string>

#include "lianhu/io/dmn.h"
#include "lianhu/io/table_csv.h"
#include "lianhu/io/text.h"
#include "lianhu/routing/analysis.h"

namespace {

void Try(const lianhu::routing::ModelDefinition& definition) {
  const auto model = lianhu::routing::Model::Make(definition);
  if (!model.ok()) return;
  for (size_t i = 0; i < definition.decisions.size() && i < 4; ++i) {
    (void)model->Evaluate(definition.decisions[i].name, {});
    const lianhu::routing::Table* table = model->table(i);
    if (table == nullptr || table->compiled() == nullptr) continue;
    lianhu::RunContext context;
    const auto analysis = lianhu::routing::Analyze(*table, {.max_findings = 20, .max_work = 100'000}, context);
    if (!analysis.ok()) __builtin_trap();
    for (const auto& finding : analysis->findings)
      (void)lianhu::routing::ToText(*table, finding, lianhu::Language::kEnglish);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0 || size > 20'000) return 0;
  const std::string bytes(reinterpret_cast<const char*>(data), size);
  if (const auto text = lianhu::io::DecodeText(bytes, "fuzz"); text.ok()) {
    if (const auto table = lianhu::io::ParseTableCsv(*text, "fuzz.csv"); table.ok()) {
      Try(lianhu::io::ModelOfTable(*table));
      (void)lianhu::io::ParseTableCsv(lianhu::io::TableToCsv(*table), "again.csv");
    }
    if (const auto model = lianhu::io::ParseDmn(*text, "fuzz.dmn"); model.ok()) {
      Try(*model);
      const std::string written = lianhu::io::ModelToDmn(*model);
      if (!lianhu::io::ParseDmn(written, "again.dmn").ok() && written.size() < lianhu::io::kMaxXmlBytes)
        __builtin_trap();
    }
  }
  return 0;
}
