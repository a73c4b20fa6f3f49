// The one guard around every entry point: nothing thrown below leaves the C ABI, and every failure becomes a code and,
// where the caller gave an error object, a sentence with field and row.
#ifndef LIANHU_CAPI_GUARD_H_
#define LIANHU_CAPI_GUARD_H_

#include <kj/exception.h>

#include <cstdint>
#include <exception>
#include <new>
#include <string>

#include "absl/status/status.h"
#include "absl/strings/string_view.h"
#include "lianhu.h"
#include "lianhu/base/status.h"

struct lianhu_error {
  int32_t code = LIANHU_OK;
  int64_t row = -1;
  std::string field;
  std::string message;
};

namespace lianhu::capi {

// Records a failure in `error` (nullable) and returns its code. Never throws: without memory the text is lost, not the
// code.
int32_t Fail(lianhu_error* error, int32_t code, absl::string_view message, const ErrorDetail& detail = {}) noexcept;

// The code of a Status that is not OK, recorded likewise.
int32_t Fail(lianhu_error* error, const absl::Status& status) noexcept;

// Runs `body`, which returns an absl::Status.
template <typename Body>
int32_t Guard(lianhu_error* error, const Body& body) noexcept {
  try {
    const absl::Status status = body();
    return status.ok() ? LIANHU_OK : Fail(error, status);
  } catch (const std::bad_alloc&) {
    return Fail(error, LIANHU_OUT_OF_MEMORY, "out of memory");
  } catch (const kj::Exception& exception) {
    return Fail(error, LIANHU_INTERNAL, exception.getDescription().cStr());
  } catch (const std::exception& exception) {
    return Fail(error, LIANHU_INTERNAL, exception.what());
  } catch (...) {
    return Fail(error, LIANHU_INTERNAL, "unknown exception");
  }
}

}  // namespace lianhu::capi

#endif  // LIANHU_CAPI_GUARD_H_
