// Models in the XML of DMN 1.1 to 1.5, as Camunda Modeler and others save them.
//
// Read: definitions, item definitions, input data, decisions with decision tables, literal expressions, contexts,
// invocations, lists, relations, function definitions, conditionals, filters, for, some and every; business knowledge
// models; decision services. Passed over, because they decide
// nothing: descriptions, extension elements, annotations of diagrams, diagrams, knowledge sources, groups. Everything
// else is a defect that names the element and its line.
//
// The file may be hostile: it is at most 16 MB, nests at most 200 deep, and has no document type (so no entity can be
// defined, and none is expanded); errors name the place.
#ifndef LIANHU_IO_DMN_H_
#define LIANHU_IO_DMN_H_

#include <string>
#include <vector>

#include "absl/status/statusor.h"
#include "absl/strings/string_view.h"
#include "lianhu/routing/model.h"

namespace lianhu::io {

inline constexpr size_t kMaxXmlBytes = 16 << 20;
inline constexpr int kMaxXmlDepth = 200;

absl::StatusOr<routing::ModelDefinition> ReadDmn(const std::string& path);
absl::StatusOr<routing::ModelDefinition> ParseDmn(absl::string_view xml, const std::string& name);

// DMN 1.5 that ReadDmn reads back as the same model. Diagrams are not kept.
std::string ModelToDmn(const routing::ModelDefinition& model);
// A model of one decision, for a table that came from a spreadsheet: its inputs become input data.
routing::ModelDefinition ModelOfTable(const routing::DecisionTable& table);

// Any table or model by its file's ending: .dmn and .xml are DMN, .csv a spreadsheet, x on the first defect, unless
// `allow_defects`: then the model holds them and what does not depend on them works.
absl::StatusOr<routing::Model> LoadModel(const std::string& path, bool allow_defects = false);

// One case of a test file of the DMN technology compatibility kit, and what came of it.
struct DmnCase {
  std::string file;
  std::string id;
  bool passed = false;
  std::vector<std::string> failures;  // "'node': expected X, got Y"
};

// Runs every *-test-*.xml under `directory` (or the one file) against the model it names. Numbers agree when they
// differ by at most 1e-8 of the expected one, as in the kit's own runners. NotFound when there is no test file.
absl::StatusOr<std::vector<DmnCase>> RunDmnTests(const std::string& directory);

}  // namespace lianhu::io

#endif  // LIANHU_IO_DMN_H_
