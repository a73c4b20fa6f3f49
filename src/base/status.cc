#include "lianhu/base/status.h"

#include <optional>

#include "absl/strings/cord.h"
#include "absl/strings/numbers.h"
#include "absl/strings/str_cat.h"

namespace lianhu {
namespace {

constexpr char kFieldUrl[] = "lianhu/field";
constexpr char kRowUrl[] = "lianhu/row";

}  // namespace

absl::Status InvalidField(absl::string_view field, int64_t row, absl::string_view message) {
  std::string text = row < 0 ? absl::StrCat(field, ": ", message) : absl::StrCat(field, "[", row, "]: ", message);
  return WithErrorDetail(absl::InvalidArgumentError(text), {.field = std::string(field), .row = row});
}

ErrorDetail GetErrorDetail(const absl::Status& status) {
  ErrorDetail detail;
  if (auto field = status.GetPayload(kFieldUrl)) detail.field = std::string(*field);
  if (auto row = status.GetPayload(kRowUrl)) {
    if (int64_t value = 0; absl::SimpleAtoi(std::string(*row), &value)) detail.row = value;
  }
  return detail;
}

absl::Status WithErrorDetail(absl::Status status, const ErrorDetail& detail) {
  if (!detail.field.empty()) status.SetPayload(kFieldUrl, absl::Cord(detail.field));
  if (detail.row >= 0) status.SetPayload(kRowUrl, absl::Cord(absl::StrCat(detail.row)));
  return status;
}

}  // namespace lianhu
