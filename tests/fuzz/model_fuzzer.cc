// Any bytes as the snapshot of a model: first as they are, then behind a header that is right for them, so that the
// checksum does not keep the fuzzer from what lies below. What decodes must encode to a snapshot that decodes to the
// same; it is made ready, decided and written as DMN.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "absl/strings/str_cat.h"
#include "absl/strings/string_view.h"
#include "io/snapshot_envelope.h"
#include "lianhu/io/dmn.h"
#include "lianhu/io/model_snapshot.h"

namespace {

absl::Span<const std::byte> AsBytes(absl::string_view text) {
  return {reinterpret_cast<const std::byte*>(text.data()), text.size()};
}

// The fuzzer counts an abort as a finding.
void Require(bool condition) {
  if (!condition) std::abort();
}

void Try(absl::string_view bytes) {
  const auto definition = lianhu::io::DecodeModelSnapshot(AsBytes(bytes));
  if (!definition.ok()) {
    Require(!definition.status().message().empty());
    return;
  }
  const auto encoded = lianhu::io::EncodeSnapshot(*definition);
  Require(encoded.ok());
  const auto again = lianhu::io::DecodeModelSnapshot(AsBytes(*encoded));
  Require(again.ok() && *lianhu::io::EncodeSnapshot(*again) == *encoded);
  (void)lianhu::io::ModelToDmn(*definition);
  const auto model = lianhu::routing::Model::Make(*definition);
  if (!model.ok()) return;
  for (size_t i = 0; i < definition->decisions.size() && i < 4; ++i)
    (void)model->Evaluate(definition->decisions[i].name, {});
  for (size_t i = 0; i < definition->services.size() && i < 4; ++i)
    (void)model->CallService(definition->services[i].name, {});
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size > 20'000) return 0;
  const absl::string_view bytes(reinterpret_cast<const char*>(data), size);
  Try(bytes);
  if (size <= lianhu::io::kSnapshotHeaderSize) return 0;
  const absl::string_view payload = bytes.substr(lianhu::io::kSnapshotHeaderSize);
  if (payload.size() % 8 != 0) return 0;
  const auto header = lianhu::io::MakeSnapshotHeader(lianhu::io::SnapshotKind::kModel, payload);
  Try(absl::StrCat(absl::string_view(header.data(), header.size()), payload));
  return 0;
}
