#include <memory>

#include "capi/guard.h"
#include "capi/structs.h"

namespace lianhu::capi {
namespace {

int32_t CodeOf(absl::StatusCode code) {
  switch (code) {
    case absl::StatusCode::kInvalidArgument:
    case absl::StatusCode::kOutOfRange:
      return LIANHU_INVALID_ARGUMENT;
    case absl::StatusCode::kNotFound:
      return LIANHU_NOT_FOUND;
    case absl::StatusCode::kDataLoss:
      return LIANHU_DATA_LOSS;
    case absl::StatusCode::kFailedPrecondition:
    case absl::StatusCode::kUnimplemented:
      return LIANHU_UNSUPPORTED;
    case absl::StatusCode::kPermissionDenied:
    case absl::StatusCode::kUnavailable:
    case absl::StatusCode::kResourceExhausted:
      return LIANHU_UNAVAILABLE;
    default:
      return LIANHU_INTERNAL;
  }
}

}  // namespace

int32_t Fail(lianhu_error* error, int32_t code, absl::string_view message, const ErrorDetail& detail) noexcept {
  if (error == nullptr) return code;
  error->code = code;
  error->row = detail.row;
  try {
    error->field = detail.field;
    error->message = std::string(message);
  } catch (const std::bad_alloc&) {
    error->field.clear();
    error->message.clear();
  }
  return code;
}

int32_t Fail(lianhu_error* error, const absl::Status& status) noexcept {
  try {
    return Fail(error, CodeOf(status.code()), status.message(), GetErrorDetail(status));
  } catch (const std::bad_alloc&) {
    return Fail(error, LIANHU_OUT_OF_MEMORY, "out of memory");
  }
}

}  // namespace lianhu::capi

using lianhu::capi::CheckPointer;
using lianhu::capi::Guard;

int32_t lianhu_error_info_init(lianhu_error_info* info, uint32_t struct_size) {
  return lianhu::capi::InitStruct(info, struct_size, {.row = -1, .field = "", .message = ""});
}

int32_t lianhu_error_create(lianhu_error** out) {
  return Guard(nullptr, [&] {
    if (auto status = CheckPointer(out, "out"); !status.ok()) return status;
    *out = std::make_unique<lianhu_error>().release();
    return absl::OkStatus();
  });
}

int32_t lianhu_error_get(const lianhu_error* error, lianhu_error_info* out) {
  return Guard(nullptr, [&] {
    if (auto status = CheckPointer(error, "error"); !status.ok()) return status;
    if (auto status = lianhu::capi::CheckStruct(out, "out"); !status.ok()) return status;
    lianhu::capi::WriteStruct(
        {.code = error->code, .row = error->row, .field = error->field.c_str(), .message = error->message.c_str()},
        out);
    return absl::OkStatus();
  });
}

void lianhu_error_free(lianhu_error* error) {
  delete error;
}
